import QtQuick

// DeskListPage: what staff at the desk choose from, or only read.
MaintenancePage {}
