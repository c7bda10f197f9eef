import QtQuick

// MaintenanceDoorPage: the locked door of the pages for staff; a card is asked for as everywhere.
IdentifyPage {}
