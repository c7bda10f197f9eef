pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// SignInPage: a code to scan with one's phone, where the phone is meanwhile, then the number to type on it. The primary
// action is on the phone; only when it is over there is one here: a new code.
PageFrame {
    id: sign

    required property SignInViewModel page

    readonly property bool over: sign.page.again !== ""
    readonly property real rightX: sign.portrait ? sign.side : Theme.px(796)
    readonly property real rightWidth: sign.width - sign.side - sign.rightX

    heading: sign.page.title

    Column {
        id: ask
        x: sign.side
        y: Theme.px(Theme.largeText || Theme.reach ? 12 : 20)
        width: sign.portrait ? sign.inner : sign.rightX - sign.side - Theme.px(80)
        spacing: Theme.px(Theme.largeText ? 10 : 20)

        Steps {
            visible: text !== "" && !Theme.largeText
            total: 3
            current: sign.page.at
            text: sign.page.step
            width: Math.min(parent.width, Theme.px(590))
        }
        Say {
            text: sign.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: sign.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== ""
            kind: sign.page.notice.kind
            title: sign.page.notice.title
            text: sign.page.notice.text
            width: parent.width
        }
        FactLine {
            visible: title !== "" && !(sign.portrait && Theme.largeText)
            title: sign.page.place.title
            text: sign.page.place.hint
            icon: sign.page.place.icon
            width: parent.width
        }
    }
    Panel {
        id: panel
        visible: !sign.over
        x: sign.rightX
        y: sign.portrait ? ask.y + ask.height + Theme.px(24) : Theme.px(20)
        width: sign.rightWidth
        height: list.y - Theme.px(24) - y

        QrImage {
            id: code
            visible: text !== ""
            text: sign.page.qr
            name: sign.page.qrName
            size: Math.max(Theme.px(380), Math.min(Theme.px(560), panel.height - wait.height - Theme.px(70), panel.width - Theme.px(48)))
            x: Math.round((parent.width - width) / 2)
            y: Math.max(Theme.px(16), Math.round((parent.height - height - wait.height - Theme.px(24)) / 2))
        }
        Say {
            id: number
            visible: sign.page.number !== ""
            text: sign.page.number
            size: 220
            grows: false
            bold: true
            Accessible.name: sign.page.numberName
            color: Theme.primary
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
            y: Math.round((parent.height - height - wait.height - Theme.px(24)) / 2)
        }
        Item {
            id: wait
            readonly property Item above: code.visible ? code : number
            width: parent.width
            height: words.height
            y: code.visible || number.visible ? above.y + above.height + Theme.px(20) : Math.round((parent.height - height) / 2)

            Icon {
                id: glass
                name: "hourglass-medium"
                size: 44
                color: Theme.primary
                x: Math.max(Theme.px(24), Math.round((parent.width - width - Theme.px(16) - words.contentWidth) / 2))
                anchors.verticalCenter: parent.verticalCenter
            }
            Say {
                id: words
                text: sign.page.wait
                size: Theme.button2
                bold: true
                x: glass.x + glass.width + Theme.px(16)
                width: parent.width - Theme.px(64) - glass.width
            }
        }
    }
    PrimaryButton {
        id: anew
        visible: sign.over
        text: sign.page.again
        icon: "qr-code"
        x: sign.rightX
        y: list.y - list.gap - height
        width: sign.rightWidth
        onActivated: sign.page.anew()
    }
    PagedGrid {
        id: list
        words: sign.words
        rows: sign.page.otherWays
        columns: Math.max(1, Math.min(2, rows.length))
        gap: Theme.gap
        x: sign.rightX
        y: sign.floor - height
        width: sign.rightWidth
        height: implicitHeight
        least: Theme.px(sign.portrait ? 116 : 112)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            size: 34
            onActivated: sign.page.open(modelData.id)
        }
    }
}
