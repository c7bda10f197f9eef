import QtQuick

// PinPad: a NumberPad with taller keys. It holds nothing: each digit goes out as a signal and is forgotten.
NumberPad {
    keyHeight: Theme.portrait ? Theme.px(143) : Theme.px(131)
    implicitWidth: Theme.px(772)
}
