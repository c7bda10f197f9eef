pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Styles
import "../components"

// Our looks for Qt's on-screen keyboard: light 6 px keys, no shader, no sound, no bubble over a key, theme by theme.
// Sizes are the theme's, so scaleHint is not used.
KeyboardStyle {
    id: style

    keyboardDesignWidth: Theme.portrait ? 1080 : 1920
    keyboardDesignHeight: Theme.portrait ? 438 : 400
    keyboardDesignMaximumHeight: keyboardDesignHeight
    keyboardRelativeLeftMargin: Theme.portrait ? 0.008 : 0.0125
    keyboardRelativeRightMargin: keyboardRelativeLeftMargin
    keyboardRelativeTopMargin: 0.025
    keyboardRelativeBottomMargin: 0.035

    keyboardBackground: Rectangle {
        color: Theme.contrast ? Theme.bg : "#DDD8CA"
    }
    keyPanel: KeyPanel {
        id: letter
        KeyFace {
            text: letter.control.uppercased ? letter.control.displayText.toUpperCase() : letter.control.displayText
            note: letter.control.smallTextVisible && letter.control.smallText !== "\u2699" ? letter.control.smallText : ""
            utility: letter.control.highlighted
            pressed: letter.control.pressed
            live: letter.control.enabled
        }
    }
    backspaceKeyPanel: KeyPanel {
        id: erase
        KeyFace {
            icon: "backspace"
            utility: true
            pressed: erase.control.pressed
        }
    }
    languageKeyPanel: KeyPanel {
        id: language
        KeyFace {
            icon: "translate"
            utility: true
            pressed: language.control.pressed
        }
    }
    enterKeyPanel: KeyPanel {
        id: enter
        KeyFace {
            icon: "arrow-elbow-down-left"
            utility: true
            pressed: enter.control.pressed
        }
    }
    hideKeyPanel: KeyPanel {
        id: hide
        KeyFace {
            icon: "keyboard"
            utility: true
            pressed: hide.control.pressed
        }
    }
    shiftKeyPanel: KeyPanel {
        id: shift
        KeyFace {
            icon: "arrow-fat-up"
            utility: true
            on: InputContext.shiftActive || InputContext.capsLockActive
            pressed: shift.control.pressed
        }
    }
    spaceKeyPanel: KeyPanel {
        id: space
        KeyFace {
            text: Qt.locale(InputContext.locale).nativeLanguageName
            size: 28
            pressed: space.control.pressed
        }
    }
    symbolKeyPanel: KeyPanel {
        id: symbol
        KeyFace {
            text: symbol.control.displayText
            size: 32
            utility: true
            pressed: symbol.control.pressed
        }
    }
    modeKeyPanel: KeyPanel {
        id: mode
        KeyFace {
            text: mode.control.displayText
            size: 32
            utility: true
            pressed: mode.control.pressed
        }
    }
    handwritingKeyPanel: KeyPanel {
        KeyFace {
            icon: "pencil-simple"
            utility: true
        }
    }

    selectionListHeight: Theme.px(80)
    selectionListBackground: Rectangle {
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: Theme.px(2)
            color: Theme.edge
        }
    }
    selectionListDelegate: SelectionListItem {
        id: candidate

        required property int index
        required property string display
        readonly property bool chosen: ListView.isCurrentItem

        width: Math.max(Theme.px(120), words.implicitWidth + 2 * Theme.px(30))

        Rectangle {
            anchors.fill: parent
            color: candidate.chosen ? Theme.sel : "transparent"
        }
        Rectangle {
            x: parent.width - width
            width: Theme.px(2)
            height: Theme.px(44)
            color: Theme.line
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: words
            anchors.centerIn: parent
            text: candidate.display
            size: 38
            grows: false
            bold: candidate.chosen
            line: 1.1
            wrapMode: Text.NoWrap
            color: candidate.chosen ? Theme.selInk : Theme.ink
        }
    }

    alternateKeysListItemWidth: Theme.px(100)
    alternateKeysListItemHeight: Theme.px(100)
    alternateKeysListDelegate: Item {
        id: other

        required property var model
        width: style.alternateKeysListItemWidth
        height: style.alternateKeysListItemHeight

        Say {
            anchors.centerIn: parent
            text: other.model.text
            size: 40
            grows: false
        }
    }
    alternateKeysListHighlight: Rectangle {
        color: Theme.press
        radius: Theme.radiusSmall
    }
    alternateKeysListBackground: Rectangle {
        color: Theme.surface
        radius: Theme.radiusSmall
        border.width: Theme.outline
        border.color: Theme.control
    }
    popupListDelegate: SelectionListItem {
        id: entry

        required property int index
        required property string display
        width: Theme.px(200)
        height: Theme.px(88)

        Say {
            anchors.centerIn: parent
            text: entry.display
            size: 34
            grows: false
        }
    }
    popupListBackground: Rectangle {
        color: Theme.surface
        border.width: Theme.outline
        border.color: Theme.control
    }
    languageListDelegate: SelectionListItem {
        id: tongue

        required property int index
        required property string displayName
        width: Theme.px(320)
        height: Theme.px(88)

        Say {
            anchors.centerIn: parent
            text: tongue.displayName
            size: 34
            grows: false
        }
    }
    languageListBackground: Rectangle {
        color: Theme.surface
        border.width: Theme.outline
        border.color: Theme.control
    }
}
