pragma ComponentBehavior: Bound
import QtQuick
import "../../../kiosk/ui/qml/components"

// Every component in every state, to look at and to measure; the words are samples.
// Long because one sheet shows them all side by side, as the design sheet does.
Rectangle {
    id: gallery

    property bool contrast: false
    property bool large: false
    property string focusOn: ""
    readonly property list<var> languages: [
        {
            code: "zh",
            label: "中文"
        },
        {
            code: "en",
            label: "English"
        }
    ]

    width: 1920
    height: column.height + 220
    color: Theme.bg

    Binding {
        target: Theme
        property: "contrast"
        value: gallery.contrast
    }
    Binding {
        target: Theme
        property: "large"
        value: gallery.large
    }

    component Caption: Say {
        size: 26
        grows: false
        color: Theme.ink2
    }

    Column {
        id: column
        x: 64
        y: 40
        width: 1792
        spacing: 20

        Say {
            text: "组件与状态"
            size: 48
            bold: true
            heading: true
        }
        Caption {
            text: "PrimaryButton"
        }
        Row {
            spacing: 24

            PrimaryButton {
                objectName: "primary"
                text: "提交"
                width: 300
            }
            PrimaryButton {
                text: "提交"
                held: true
                width: 300
            }
            PrimaryButton {
                text: "提交"
                enabled: false
                width: 300
            }
            PrimaryButton {
                text: "提交"
                busy: true
                busyText: "正在提交…"
                width: 300
            }
            PrimaryButton {
                objectName: "focus"
                text: "键盘焦点"
                width: 300
                focus: true
            }
        }
        Caption {
            text: "SecondaryButton / DangerButton / HwHint"
        }
        Row {
            spacing: 24

            SecondaryButton {
                text: "还要办别的"
                width: gallery.large ? 340 : 300
            }
            SecondaryButton {
                text: "按下"
                held: true
                width: 300
            }
            DangerButton {
                text: "确认挂失"
                width: 300
            }
            DangerButton {
                quiet: true
                text: "暂停服务"
                icon: "prohibit"
                width: gallery.large ? 350 : 300
            }
            HwHint {
                title: "请取走小票"
                titleSize: 36
                icon: "receipt"
                position: "below"
                width: gallery.large ? 430 : 496
            }
        }
        Caption {
            text: "Field"
        }
        Row {
            spacing: 32

            Field {
                label: "学号或工号"
                placeholder: "例如 20231004187"
                width: gallery.large ? 560 : 420
            }
            Field {
                label: "学号或工号"
                text: "2023100"
                active: true
                clearName: "清空"
                width: 420
            }
            Field {
                label: "学号或工号"
                text: "20231004"
                error: "少了 3 位，学号是 11 位"
                width: 420
            }
            ListRow {
                title: "图书馆 三层"
                text: "按这台终端填好了"
                icon: "map-pin"
                strong: true
                visible: !gallery.large
                width: 420
            }
        }
        Caption {
            text: "Tile"
        }
        Row {
            spacing: 24

            Tile {
                title: "校园卡"
                text: "余额、挂失、补办"
                icon: "identification-card"
                width: 334
                height: 280
            }
            PressSurface {
                name: "pressed tile"
                held: true
                corner: Theme.radiusLarge
                width: 334
                height: 280
            }
            Tile {
                title: "校园卡"
                text: "余额、挂失、补办"
                icon: "identification-card"
                selected: true
                width: 334
                height: 280
            }
            Tile {
                title: "我的申请"
                text: "查看进度"
                icon: "clipboard-text"
                badge: "1 条新回复"
                width: 334
                height: 280
            }
            Tile {
                title: "充值"
                text: "联网后可用"
                icon: "plus-circle"
                enabled: false
                width: 334
                height: 280
            }
        }
        Row {
            spacing: 24

            Tile {
                title: "密码和账号"
                icon: "lock-key"
                row: true
                width: 420
            }
            Tile {
                title: "我的申请"
                icon: "clipboard-text"
                badge: "1"
                row: true
                width: gallery.large ? 520 : 420
            }
            ChoiceRow {
                title: "根本连不上"
                icon: "wifi-slash"
                width: 440
            }
            ChoiceRow {
                title: "没法继续"
                text: "上课、考试受阻"
                selected: true
                width: 400
            }
        }
        Caption {
            text: "ListRow / Skeleton / EmptyState"
        }
        Row {
            spacing: 24

            Column {
                spacing: 16

                ListRow {
                    title: "Wi-Fi 连不上怎么办"
                    text: "约 2 分钟"
                    icon: "article"
                    width: 580
                }
                ListRow {
                    title: "已选中的一行"
                    chipText: "等你回复"
                    chipKind: "warn"
                    selected: true
                    width: 580
                }
            }
            Skeleton {
                rows: 2
                showAfter: 0
                width: 560
            }
            EmptyState {
                icon: "clipboard-text"
                title: "还没有申请"
                text: "处理进度会显示在这里。"
                buttonText: "报修和申请"
                buttonIcon: "wrench"
                width: 600
            }
        }
        Caption {
            text: "Notice"
        }
        Row {
            spacing: 24

            Notice {
                title: "用手挡住键盘"
                text: "输完第 6 位自动继续。"
                width: 430
            }
            Notice {
                kind: "ok"
                title: "已解挂"
                text: "这张卡现在能用了。"
                width: 430
            }
            Notice {
                kind: "warn"
                title: "纸快用完"
                text: "可以扫码，不打小票。"
                width: 430
            }
            Notice {
                kind: "danger"
                title: "没有读到卡"
                text: "贴住别动，再试一次。"
                width: 430
            }
        }
        Caption {
            text: "Chip / Steps / Timeline / pads"
        }
        Row {
            spacing: 40

            Column {
                spacing: 30
                width: 880

                Row {
                    spacing: 16

                    Chip {
                        text: "工程师处理中"
                    }
                    Chip {
                        text: "已完成"
                        kind: "ok"
                        icon: "check-circle"
                    }
                    Chip {
                        text: "故障"
                        kind: "danger"
                        icon: "warning-circle"
                    }
                    Chip {
                        text: "约 2 分钟"
                        kind: "mute"
                    }
                }
                Steps {
                    total: 3
                    current: 2
                    text: "第 2 步，共 3 步：输入密码"
                }
                Timeline {
                    steps: [
                        {
                            state: "done",
                            title: "已登记",
                            when: "14:26"
                        },
                        {
                            state: "now",
                            title: "等你回复",
                            when: "15:10",
                            text: "现在能打开网页吗？"
                        },
                        {
                            state: "todo",
                            title: "确认解决"
                        }
                    ]
                }
                PinBoxes {
                    name: "查询密码"
                    filled: 4
                }
                Row {
                    spacing: 24

                    QrImage {
                        text: "https://kiosk.example/t/K7MQ2XW9"
                        name: "扫码看进度"
                    }
                    Mark {}
                    Mark {
                        kind: "saved"
                    }
                    ProgressBar {
                        value: 0.6
                    }
                }
            }
            Column {
                spacing: 24

                NumberPad {
                    width: 540
                    clearText: "清空"
                    eraseName: "退格"
                }
                Pager {
                    page: 1
                    pages: 2
                    text: "第 1 页，共 2 页"
                    previousName: "上一页"
                    nextText: "下一页"
                }
                TextLink {
                    text: "个人信息怎么用"
                    icon: "shield-check"
                }
            }
        }
        Caption {
            text: "HwHint / CardPicture"
        }
        Row {
            spacing: 24

            HwHint {
                title: "或者直接刷校园卡"
                text: "读卡区在屏幕右下方"
                width: 860
            }
            HwHint {
                title: "或者刷校园卡"
                text: "读卡区在屏幕右下方"
                tall: true
                titleSize: 36
                width: 380
            }
            HwHint {
                title: "有卡也可以刷"
                text: "读卡区在左边"
                position: "left"
                width: 500
            }
        }
        Rectangle {
            color: Theme.hw
            width: 1000
            height: 340

            CardPicture {
                anchors.centerIn: parent
                school: "云麓大学"
                words: "校园卡"
            }
        }
        Caption {
            text: "StatusStrip"
        }
        Repeater {
            model: [
                {
                    kind: "normal"
                },
                {
                    kind: "offline",
                    message: "网络中断，可以继续办理。联网后会自动发送。",
                    count: "3 项待发送"
                },
                {
                    kind: "sending",
                    message: "网络恢复了，正在发送 3 项…",
                    count: "还剩 2 项"
                },
                {
                    kind: "sent",
                    message: "都发出去了。",
                    count: "14:58"
                }
            ]

            StatusStrip {
                required property var modelData
                kind: modelData.kind
                message: modelData.message ?? ""
                count: modelData.count ?? ""
                letter: "云"
                school: "云麓大学"
                service: "IT 自助服务"
                place: "图书馆一层 · A12"
                time: "14:26"
                side: 32
                width: 1792
            }
        }
    }
    SessionBar {
        objectName: "bar"
        width: parent.width
        y: parent.height - height
        backText: "返回"
        infoIcon: "identification-card"
        infoTitle: "已刷卡"
        largeText: "大字"
        contrastText: "高对比"
        reachText: "低位"
        endText: "结束"
        timeLeft: "1:48"
        languages: gallery.languages
    }
}
