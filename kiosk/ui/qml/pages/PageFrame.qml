import QtQuick
import CampusKiosk
import "../components"

// PageFrame: what every page has. heading: its title, spoken first · reachLine: where pressable things may begin in reach
// mode (y on the page) · side, bottomGap: margins · lacking: px of the screen by which the words take more room than there is;
// they are then a step smaller after each frame, two steps at most. Width and height come from the window.
KeyPage {
    id: frame

    required property ShellViewModel shell
    required property WordsViewModel words
    property string heading: ""
    property bool underStrip: true
    property real lacking: 0
    readonly property bool settling: frame.lacking > 1 && Theme.step < Theme.steps

    readonly property bool portrait: Theme.portrait
    readonly property real side: Theme.margin
    readonly property real inner: frame.width - 2 * frame.side
    property real bottomGap: Theme.px(36)
    readonly property real floor: frame.height - frame.bottomGap
    readonly property real reachLine: Theme.reach ? Math.round(Theme.height * (Theme.portrait ? 0.45 : 0.39)) - (frame.underStrip ? Theme.stripHeight : 0) : 0

    // "below_right" in a view is "below-right" to the yellow block.
    function towards(position: string): string {
        return position === "" ? "none" : position.replace("_", "-");
    }

    Connections {
        target: frame.Window.window
        enabled: frame.settling

        function onFrameSwapped(): void {
            Theme.step += 1;
        }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: frame.heading
}
