import QtQuick

// DeskDoorPage: the locked door of the desk; a card is asked for as everywhere.
IdentifyPage {}
