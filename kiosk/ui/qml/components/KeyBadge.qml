import QtQuick

// KeyBadge: which of the four keys does this: yellow, because it is outside of the screen. key: "up", "ok", "down" or "back".
Rectangle {
    id: badge

    property string key: ""

    width: Theme.px(52)
    height: Theme.px(52)
    radius: width / 2
    color: Theme.hw
    border.width: Theme.px(4)
    border.color: Theme.hwInk
    Accessible.ignored: true

    Icon {
        anchors.centerIn: parent
        name: ({
                up: "caret-up",
                ok: "circle",
                down: "caret-down",
                back: "arrow-left"
            })[badge.key] ?? ""
        size: 32
        grows: false
        color: Theme.hwInk
    }
}
