import QtQuick

// MaintenanceActPage: before something is done to this kiosk.
TicketActPage {}
