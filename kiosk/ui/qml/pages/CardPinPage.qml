import QtQuick

// CardPinPage: the PIN that tills ask for, the present one first.
PinNewPage {}
