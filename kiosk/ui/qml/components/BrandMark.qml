import QtQuick

// BrandMark: logo letter, school, service. letter · school · service · overBrand: on the brand colour · size (px @1080) ·
// room: width there is (0: any); the service goes where it does not fit.
Row {
    id: brand

    property string letter: ""
    property string school: ""
    property string service: ""
    property bool overBrand: false
    property real size: 48
    property real room: 0

    spacing: Theme.px(18)
    Accessible.role: Accessible.StaticText
    Accessible.name: brand.school + " " + brand.service
    Accessible.ignored: brand.school === ""

    Rectangle {
        id: logo
        width: Theme.px(brand.size)
        height: width
        radius: Math.round(width * 0.24)
        color: brand.overBrand || Theme.contrast ? "#FFFFFF" : Theme.brand
        anchors.verticalCenter: parent.verticalCenter

        Say {
            anchors.centerIn: parent
            text: brand.letter
            size: brand.size * 0.58
            grows: false
            bold: true
            spoken: false
            color: brand.overBrand || Theme.contrast ? Theme.schoolBrand : Theme.schoolBrandInk
        }
    }
    Say {
        id: name
        text: brand.school
        size: brand.size * 0.62
        bold: true
        spoken: false
        wrapMode: Text.NoWrap
        color: brand.overBrand ? Theme.brandInk : Theme.ink
        anchors.verticalCenter: parent.verticalCenter
    }
    Say {
        id: service
        visible: brand.room <= 0 || logo.width + name.implicitWidth + implicitWidth + 2 * brand.spacing <= brand.room
        text: brand.service
        size: brand.size * 0.62
        spoken: false
        wrapMode: Text.NoWrap
        color: brand.overBrand ? Theme.brandInk2 : Theme.ink2
        anchors.verticalCenter: parent.verticalCenter
    }
}
