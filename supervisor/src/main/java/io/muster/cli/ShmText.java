package io.muster.cli;

import io.muster.ipc.PlaceInspector;
import io.muster.ipc.channel.ChannelView;
import io.muster.ipc.memory.PlaceView;
import java.util.List;
import java.util.Locale;

/** A place or session as people read it, some lines long. */
final class ShmText {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int UNIT = 1024;

    private ShmText() {}

    static String of(PlaceInspector.Report report) {
        PlaceView view = report.view();
        StringBuilder text = new StringBuilder();
        text.append(view.named() ? "place " : "session ").append(view.named() ? view.name() : view.path());
        if (view.named() && !view.name().equals(view.path().toString())) {
            text.append("  in ").append(view.path());
        }
        text.append("  ").append(size(view.bytes())).append(", free ").append(size(view.freeBytes()));
        text.append(", at most ").append(view.mostAtOnce()).append(view.mostAtOnce() == 1 ? " process" : " processes");
        text.append(" at once");
        text.append(System.lineSeparator());
        if (!view.problem().isEmpty()) {
            line(text, "!", view.problem());
        }
        if (view.occupants().isEmpty()) {
            line(text, "-", "no process");
        }
        for (PlaceView.Occupant each : view.occupants()) {
            line(text, mark(each.life()), "process " + occupant(each));
        }
        for (PlaceInspector.NamedEntry each : report.named()) {
            line(
                    text,
                    " ",
                    String.format("%-24s %10s  %s", each.name(), size(each.bytes()), each.type())
                            + (each.state().isEmpty() ? "" : ", " + each.state()));
        }
        for (PlaceInspector.UnnamedEntry each : report.unnamed()) {
            String kind = each.count() + " x " + each.kind();
            line(text, " ", String.format("%-24s %10s  without names", kind, size(each.bytes())));
        }
        for (ChannelView each : report.channels()) {
            channel(text, each);
        }
        return text.toString();
    }

    private static void channel(StringBuilder text, ChannelView channel) {
        boolean pipe = channel.mostBytes() >= 0;
        String things = pipe ? "messages" : "items";
        line(
                text,
                " ",
                channel.kind() + " " + channel.id() + ": " + channel.items() + " " + things + ", "
                        + size(channel.bytes()) + ", at most "
                        + (pipe ? size(channel.mostBytes()) : channel.mostItems() + " " + things));
        line(
                text,
                " ",
                "  in  " + channel.sent() + ", " + size(channel.sentBytes()) + ", waited "
                        + seconds(channel.sendersBlockedNanos()) + holders(channel.senders()));
        line(
                text,
                " ",
                "  out " + channel.received() + ", " + size(channel.receivedBytes()) + ", waited "
                        + seconds(channel.receiversBlockedNanos()) + holders(channel.receivers())
                        + (channel.held() == 0
                                ? ""
                                : ", " + channel.held() + " not acknowledged: " + String.join("; ", channel.holders()))
                        + (channel.returned() == 0 ? "" : ", " + channel.returned() + " came back"));
        if (!pipe) {
            line(text, " ", "  handles" + holders(channel.attached()));
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    private static String holders(List<String> holders) {
        return " by " + (holders.isEmpty() ? "nobody" : String.join("; ", holders));
    }

    private static void line(StringBuilder text, String mark, String rest) {
        text.append("  ").append(mark).append(' ').append(rest).append(System.lineSeparator());
    }

    private static String mark(PlaceView.Life life) {
        return switch (life) {
            case RUNS -> "*";
            case GONE -> "+";
            case UNKNOWN -> "?";
        };
    }

    private static String occupant(PlaceView.Occupant occupant) {
        String pid = occupant.party().pid() == 0 ? "" : occupant.party().pid() + " ";
        return pid + "'" + occupant.party().name() + "'"
                + switch (occupant.life()) {
                    case RUNS -> "";
                    case GONE -> ", has ended";
                    case UNKNOWN -> ", cannot be seen from here";
                };
    }

    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= UNIT && unit < UNITS.length - 1) {
            value /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
