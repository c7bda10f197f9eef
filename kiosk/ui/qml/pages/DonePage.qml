pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// DonePage: received, saved here, or not saved; the number, what happens next, the slip, and two ways on.
PageFrame {
    id: done

    required property DoneViewModel page

    // Where large text leaves no room for the whole story, the promise above says what comes next.
    readonly property bool story: done.page.steps.length > 0 && tail.y + next.implicitHeight + (notice.active && !done.noticeLeft ? notice.height + done.gap : 0) + (slip.visible ? slip.height + done.gap : 0) + done.gap <= buttons.y
    // In landscape the notice stands below the number where it fits: the story keeps the right side.
    readonly property bool noticeLeft: !done.portrait && (done.page.guide.length > 0 || head.y + head.height + done.gap + Theme.px(Theme.largeText ? 290 : 184) <= done.floor)
    // Where what stands on the right side ends, the slip and the buttons left out.
    readonly property real rightEnd: notice.active && !done.noticeLeft ? notice.y + notice.height : guide.wanted ? guide.y + guide.height : tail.y + (done.story ? next.height : 0)
    readonly property real leftWidth: done.portrait ? done.inner : Math.round((done.inner - Theme.px(72)) * 0.53)
    readonly property real rightX: done.portrait ? done.side : done.side + done.leftWidth + Theme.px(72)
    readonly property real rightWidth: done.portrait ? done.inner : done.inner - done.leftWidth - Theme.px(72)
    readonly property real gap: Theme.px(done.portrait && !Theme.largeText ? 32 : 20)

    heading: done.page.headline
    lacking: Math.max(slip.visible && !slip.beside ? slip.below - slip.above - done.gap : done.rightEnd - buttons.y, done.portrait ? 0 : (slip.visible && slip.beside ? slip.y + slip.height : notice.active && done.noticeLeft ? notice.y + notice.height : head.y + head.height) + Theme.px(4) - done.height)
    firstStop: done.page.end

    Column {
        id: head
        x: done.side
        y: Theme.px(done.portrait && !Theme.largeText ? 28 : 16)
        width: done.leftWidth
        spacing: done.gap

        Row {
            width: parent.width
            spacing: Theme.px(34)

            Mark {
                id: mark
                kind: done.page.kind === "received" ? "ok" : "saved"
                visible: done.page.kind !== "not_saved"
                size: done.portrait ? 112 : 96
                anchors.verticalCenter: parent.verticalCenter
            }
            Icon {
                name: done.page.kind === "not_saved" ? "warning-octagon" : ""
                weight: "fill"
                size: done.portrait ? 112 : 96
                color: Theme.danger
                anchors.verticalCenter: parent.verticalCenter
            }
            Say {
                text: done.page.headline
                size: done.portrait ? Theme.headline : 66
                bold: true
                heading: true
                width: parent.width - mark.width - parent.spacing
                anchors.verticalCenter: parent.verticalCenter
            }
        }
        Say {
            text: done.page.promise
            size: guide.wanted ? 34 : done.page.kind === "received" ? Theme.head : Theme.button2
            bold: done.page.kind === "received" && !guide.wanted
            width: parent.width
        }
        Loader {
            id: number
            active: done.page.reference !== ""
            visible: active
            width: parent.width
            sourceComponent: DoneNumber {
                page: done.page
                most: buttons.y - (notice.active ? notice.height + done.gap : 0) - done.gap - head.y - number.y
            }
        }
    }
    Panel {
        id: guide
        readonly property bool wanted: done.page.guide.length > 0
        visible: guide.wanted
        x: done.rightX
        y: tail.y
        width: done.rightWidth
        height: guide.wanted ? list.y + list.height + Theme.px(34) : 0

        Say {
            id: heading
            text: guide.wanted ? done.page.nextTitle : ""
            size: Theme.head
            bold: true
            heading: true
            x: Theme.px(44)
            y: Theme.px(32)
            width: parent.width - 2 * x
        }
        PlaceList {
            id: list
            places: done.page.guide
            numbered: done.page.numbered
            hints: !Theme.largeText
            between: Theme.px(Theme.largeText ? 14 : 26)
            x: Theme.px(44)
            y: heading.y + heading.height + Theme.px(24)
            width: parent.width - 2 * x
        }
    }
    Column {
        id: tail
        x: done.rightX
        y: done.portrait ? head.y + head.height + done.gap : Theme.px(28)
        width: done.rightWidth
        spacing: done.gap

        Column {
            id: next
            visible: done.story
            width: parent.width
            spacing: Theme.px(14)

            Say {
                visible: !Theme.largeText
                text: done.page.nextTitle
                size: Theme.button
                bold: true
                heading: true
                width: parent.width
            }
            Story {
                told: done.page.steps
                width: parent.width
                between: Theme.px(Theme.largeText ? 12 : done.page.notice.title !== "" ? 20 : 34)
            }
        }
    }
    Loader {
        id: notice
        active: done.page.notice.title !== ""
        visible: active
        x: done.noticeLeft ? done.side : done.rightX
        y: done.noticeLeft ? head.y + head.height + done.gap : guide.wanted ? guide.y + guide.height + done.gap : tail.y + (done.story ? next.height + done.gap : 0)
        width: done.noticeLeft ? done.leftWidth : done.rightWidth
        sourceComponent: Notice {
            kind: done.page.notice.kind
            title: done.page.notice.title
            text: done.page.notice.text
        }
    }
    HwHint {
        id: slip
        visible: done.page.slip !== ""
        title: done.page.slipTitle
        text: Theme.largeText && done.page.notice.title !== "" ? "" : done.page.slipText
        icon: "receipt"
        position: done.towards(done.page.slipPosition)
        phase: done.page.slip === "printing" ? "reading" : "waiting"
        readonly property real below: done.rightEnd + done.gap
        readonly property real above: buttons.y - done.gap - height
        readonly property bool beside: guide.wanted && !done.portrait
        x: slip.beside ? done.side : done.rightX
        y: slip.beside ? Math.max(head.y + head.height + done.gap, Math.min(above, head.y + head.height + 2 * done.gap)) : done.portrait && !Theme.largeText ? Math.max(below, Math.round((below + above) / 2)) : above
        width: slip.beside ? done.leftWidth : done.rightWidth
        height: Math.max(Theme.px(done.portrait && !done.page.notice.title ? 150 : 128), implicitHeight)
    }
    Item {
        id: buttons
        x: done.rightX
        y: done.floor - height
        width: done.rightWidth
        height: Theme.buttonHeight

        SecondaryButton {
            id: again
            visible: text !== ""
            text: done.page.again
            padding: Theme.px(20)
            size: Theme.largeText ? 30 : Theme.button2
            width: Math.round(parent.width * (Theme.largeText ? 0.42 : 0.385))
            height: parent.height
            onActivated: done.page.startAgain()
        }
        PrimaryButton {
            text: done.page.end
            icon: Theme.largeText && !done.portrait ? "" : "sign-out"
            padding: Theme.px(24)
            x: again.visible ? again.width + Theme.gap : 0
            width: parent.width - x
            height: parent.height
            onActivated: done.page.finish()
        }
    }
}
