pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import CampusKiosk
import "components"

// The window: strip, page, session bar, and the question that covers them.
Window {
    id: root

    required property ShellViewModel shell
    required property WordsViewModel words
    property real diagonal: 0
    property bool reduceMotion: false
    // Both are set once the first frame is on screen.
    property bool pictures: false
    property bool warmUp: false
    property var colours: ({})

    readonly property bool ownHeader: root.shell.screen === "home" || root.shell.screen === "attract" || root.shell.screen === "enrol"
    readonly property bool asking: root.shell.question.kind !== ""

    function openPage(): void {
        if (root.shell.screen === "attract")
            FourKeys.active = false;
        Theme.step = 0;
        stage.setSource("pages/" + root.shell.pageFile, {
            page: root.shell.page,
            shell: root.shell,
            words: root.words,
            width: stage.width,
            height: stage.height
        });
        if (stage.item && !root.asking)
            (stage.item as Item).forceActiveFocus();
        if (walk.active)
            (walk.item as KeyWalk).open();
    }

    color: Theme.bg
    onClosing: close => close.accepted = false

    Component.onCompleted: {
        Theme.width = Qt.binding(() => root.width);
        Theme.height = Qt.binding(() => root.height);
        Theme.diagonal = root.diagonal;
        Theme.reduceMotion = root.reduceMotion;
        Theme.pictures = Qt.binding(() => root.pictures);
        Theme.lang = Qt.binding(() => root.shell.look.language);
        Theme.large = Qt.binding(() => root.shell.look.large);
        Theme.contrast = Qt.binding(() => root.shell.look.contrast);
        Theme.reach = Qt.binding(() => root.shell.look.reach);
        for (const role in root.colours)
            Theme[role] = root.colours[role];
        root.openPage();
    }

    Connections {
        target: root.shell

        function onOpened(): void {
            root.openPage();
            arrival.restart();
        }
        function onFourKey(key: string): void {
            walk.active = true;
            (walk.item as KeyWalk).press(key);
        }
    }
    FocusScope {
        id: scene
        anchors.fill: parent
        visible: !root.asking
        focus: !root.asking

        Loader {
            id: stage
            objectName: "stage"
            y: strip.visible ? strip.height : 0
            width: parent.width
            height: parent.height - y - (bar.visible ? bar.height : 0)
            focus: true
        }
        ParallelAnimation {
            id: arrival
            NumberAnimation {
                target: stage
                property: "opacity"
                from: 0
                to: 1
                duration: Theme.pageTime
                easing.type: Easing.OutCubic
            }
            NumberAnimation {
                target: stage
                property: "x"
                from: Theme.px(24)
                to: 0
                duration: Theme.pageTime
                easing.type: Easing.OutCubic
            }
        }
        Loader {
            id: strip
            active: !root.ownHeader
            visible: active
            width: parent.width
            sourceComponent: StatusStrip {
                kind: root.shell.strip.kind
                message: root.shell.strip.text
                count: root.shell.strip.count
                letter: root.shell.frame.mark
                school: Theme.largeText && Theme.portrait && Theme.lang === "en" ? "" : root.shell.frame.campus
                service: Theme.largeText && Theme.portrait ? "" : root.shell.frame.product
                place: root.shell.frame.place
                time: root.shell.frame.clock
            }
        }
        Loader {
            id: bar
            active: root.shell.bar.visible
            visible: active
            y: parent.height - height
            width: parent.width
            height: Theme.barHeight
            sourceComponent: BarOfVisit {
                shell: root.shell
                words: root.words
            }
        }
    }
    Loader {
        id: question
        anchors.fill: parent
        active: root.asking
        focus: root.asking
        sourceComponent: QuestionPage {
            shell: root.shell
            words: root.words
        }
    }
    // Made by the first key.
    Loader {
        id: walk
        active: false
        sourceComponent: KeyWalk {
            shell: root.shell
            stage: stage
            bar: bar
            question: question
        }
    }
    Loader {
        active: root.warmUp
        asynchronous: true
        source: "WarmUp.qml"
    }
}
