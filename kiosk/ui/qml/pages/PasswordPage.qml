pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PasswordPage: which account, the words as dots, the rules, and keys of its own. Each key goes straight on to the secret
// helper; here only lengths and rules are known.
PageFrame {
    id: password

    required property PasswordViewModel page

    readonly property bool off: password.page.held || password.page.busy
    readonly property bool tight: Theme.largeText || (!password.portrait && Theme.lang === "en")
    readonly property bool told: password.page.notice.title !== ""
    readonly property real rightX: password.portrait ? password.side : Theme.px(1260)
    readonly property real leftWidth: password.portrait ? password.inner : Theme.px(1120)
    readonly property real below: ask.y + ask.height + Theme.px(password.portrait ? 28 : 14)

    heading: password.page.title
    lacking: ask.y + ask.height - (password.portrait ? ways.y : keys.y)
    bottomGap: Theme.px(password.portrait ? 24 : 16)

    Column {
        id: ask
        x: password.side
        y: Theme.px(password.portrait ? 24 : 12)
        width: password.leftWidth
        spacing: Theme.px(password.portrait ? 18 : 10)

        Say {
            text: password.heading
            size: password.portrait ? Theme.title : 54
            bold: true
            heading: true
            width: parent.width
        }
        Doors {
            visible: !Theme.largeText
            label: password.page.account + (password.portrait || Theme.lang === "en" ? "" : "  " + password.page.opensLabel)
            opens: password.page.opens
            width: parent.width
        }
        Grid {
            id: fields
            columns: password.portrait && password.page.fields.length > 2 && Theme.largeText ? 1 : password.portrait && password.page.fields.length > 2 ? 2 : password.page.fields.length
            spacing: Theme.px(24)

            Repeater {
                model: password.page.fields

                SecretField {
                    required property var modelData
                    label: modelData.label
                    count: modelData.count
                    active: modelData.active && !password.off
                    mood: modelData.state
                    spoken: password.words.of.field_typed.replace("{count}", modelData.count)
                    boxHeight: Theme.px(password.portrait ? (Theme.step > 0 ? 80 : 96) : Theme.largeText ? 72 : 84)
                    width: Math.floor((password.leftWidth - (fields.columns - 1) * fields.spacing) / fields.columns)
                }
            }
        }
        StrengthBar {
            visible: password.page.strength !== "" && (password.portrait || !(Theme.largeText || password.told))
            label: password.page.strengthLabel
            word: password.page.strength
            score: password.page.score
            scores: password.page.scores
        }
        Say {
            visible: !password.told && password.page.strength === "" && !(Theme.largeText && !password.portrait)
            text: password.page.hint
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
        Loader {
            active: password.told && !password.portrait
            visible: active
            width: parent.width
            sourceComponent: Say {
                text: password.page.notice.title + (Theme.lang === "zh" ? "。" : ". ") + password.page.notice.text
                size: Theme.small
                bold: true
                line: 1.2
                color: password.page.notice.kind === "danger" ? Theme.danger : password.page.notice.kind === "warn" ? Theme.warn : Theme.primary
                Accessible.role: Accessible.AlertMessage
            }
        }
        Loader {
            active: password.told && password.portrait
            visible: active
            width: parent.width
            sourceComponent: Notice {
                kind: password.page.notice.kind
                title: password.page.notice.title
                text: password.page.notice.text
            }
        }
    }
    RuleList {
        id: rules
        visible: password.portrait ? y + height + Theme.px(16) <= ways.y : y + height + Theme.px(12) <= ways.y
        rules: password.page.rules
        keptName: password.words.of.rule_kept
        openName: password.words.of.rule_open
        sign: password.portrait ? 44 : 36
        spacing: Theme.px(password.portrait ? 14 : 4)
        x: password.rightX
        y: password.portrait ? password.below : Theme.px(10)
        width: password.width - password.side - x
    }
    Item {
        id: ways
        x: password.rightX
        y: keys.y - height - Theme.px(password.portrait ? 24 : 12)
        width: password.width - password.side - x
        height: Theme.px(password.portrait ? 128 : 96)

        SecondaryButton {
            id: other
            readonly property bool back: password.page.backOne !== ""
            readonly property var way: password.page.otherWays.length > 0 ? password.page.otherWays[0] : null
            visible: other.back || other.way !== null
            enabled: !password.page.busy
            text: other.back ? password.page.backOne : other.way !== null ? other.way.title : ""
            size: Theme.largeText ? 24 : password.portrait ? 32 : 26
            padding: Theme.px(12)
            width: Math.round(parent.width * 0.4)
            height: parent.height
            onActivated: other.back ? password.page.backToFirst() : password.page.open(other.way.id)
        }
        PrimaryButton {
            id: go
            text: password.page.primary
            enabled: password.page.canGo
            busy: password.page.busy
            busyText: password.page.busyText
            size: Theme.largeText ? 30 : password.portrait ? Theme.button : 34
            padding: Theme.px(16)
            x: other.visible ? other.width + Theme.px(20) : 0
            width: parent.width - x
            height: parent.height
            onActivated: password.page.next()
        }
    }
    PasswordKeys {
        id: keys
        enabled: !password.off
        waits: password.off
        focus: true
        next: () => go
        shiftText: password.words.of.key_shift
        symbolsText: password.words.of.key_symbols
        lettersText: password.words.of.key_letters
        eraseName: password.words.of.erase
        rowHeight: Theme.px(!password.portrait ? 96 : Theme.largeText && password.page.fields.length > 2 ? 100 : 124)
        y: password.height - height
        width: password.width
        onLetter: code => password.page.letter(code)
    }
}
