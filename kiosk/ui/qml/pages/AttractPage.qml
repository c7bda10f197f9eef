pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// AttractPage: nobody is here. Both languages at once; only the two start buttons begin a visit.
PageFrame {
    id: attract

    required property AttractViewModel page

    readonly property var zh: attract.words.zh
    readonly property var en: attract.words.en
    readonly property bool reader: attract.page.readerPosition !== ""
    readonly property real bandHeight: attract.reader ? (attract.portrait ? Theme.px(420) : Theme.px(220)) : 0
    readonly property real column: attract.portrait ? attract.width - 2 * attract.side : Theme.px(700)

    underStrip: false
    heading: attract.zh.attract_promise + " " + attract.en.attract_line
    lacking: privacy.y + privacy.height - (attract.height - attract.bandHeight)

    Rectangle {
        anchors.fill: parent
        color: Theme.brand
    }
    StatusStrip {
        id: strip
        y: plain ? Theme.px(attract.portrait ? 50 : 24) : 0
        width: parent.width
        overBrand: plain
        kind: attract.shell.strip.kind
        message: attract.shell.strip.text
        count: attract.shell.strip.count
        letter: attract.shell.frame.mark
        school: attract.shell.frame.campus
        service: attract.shell.frame.product
        time: attract.shell.frame.clock
    }
    Column {
        id: verses
        readonly property real head: Theme.px(attract.portrait ? 150 : 100)
        readonly property real foot: attract.portrait ? starts.y - (told.active ? told.height + Theme.px(36) : 0) : attract.height - attract.bandHeight
        x: attract.side
        y: verses.head + Math.round((verses.foot - verses.head - height) / 2)
        width: attract.portrait ? attract.column : attract.width - 2 * attract.side - attract.column - Theme.px(60)

        Repeater {
            model: [attract.zh.attract_1, attract.zh.attract_2, attract.zh.attract_3, attract.zh.attract_promise]

            Say {
                required property string modelData
                required property int index
                text: modelData
                size: attract.portrait ? Theme.mega : 132
                grows: false
                bold: true
                line: 1.2
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.px(Theme.headline)
                heading: index === 3
                color: index === 3 ? Theme.brandInk : Theme.brandWords
                verticalAlignment: Text.AlignVCenter
                width: verses.width
                height: Math.round(font.pixelSize * 1.2)
            }
        }
        Say {
            text: attract.en.attract_line
            size: attract.portrait ? 44 : 40
            grows: false
            topPadding: Theme.px(20)
            color: Theme.brandInk2
            width: verses.width
        }
    }
    Loader {
        id: told
        active: attract.page.noticeZh !== ""
        x: attract.portrait ? attract.side : starts.x
        y: attract.portrait ? starts.y - height - Theme.px(36) : privacy.y + privacy.height + Theme.px(8)
        width: attract.column
        sourceComponent: AttractNotice {
            zh: attract.page.noticeZh
            en: attract.page.noticeEn
        }
    }
    Grid {
        id: starts
        columns: attract.portrait ? 2 : 1
        spacing: Theme.gap
        x: attract.width - attract.side - attract.column
        y: attract.portrait ? attract.height - attract.bandHeight - Theme.px(attract.reader ? 348 : 400) : Theme.px(attract.page.noticeZh !== "" ? 92 : 230)

        StartButton {
            title: attract.zh.start
            text: attract.zh.touch_here
            icon: "hand-pointing"
            width: attract.portrait ? (attract.column - Theme.gap) / 2 : attract.column
            onActivated: attract.page.start("zh")
        }
        StartButton {
            title: attract.en.start
            text: attract.en.touch_here
            size: 50
            width: attract.portrait ? (attract.column - Theme.gap) / 2 : attract.column
            onActivated: attract.page.start("en")
        }
    }
    TextLink {
        id: privacy
        x: starts.x - Theme.px(4)
        y: starts.y + starts.height + Theme.px(24)
        text: attract.zh.privacy_link + " · " + attract.en.privacy_link
        icon: "shield-check"
        overBrand: true
        onActivated: attract.page.showPrivacy()
    }
    Loader {
        active: attract.reader
        y: attract.height - height
        width: attract.width
        height: attract.bandHeight
        sourceComponent: band
    }
    Component {
        id: band

        AttractBand {
            school: attract.shell.frame.campus
            card: attract.zh.card
            heading: attract.zh.or_tap
            other: attract.en.or_tap
            where: attract.page.readerZh
            otherWhere: attract.page.readerEn
            position: attract.towards(attract.page.readerPosition)
        }
    }
}
