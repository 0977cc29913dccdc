package io.muster.cli;

import static io.muster.internal.shell.Json.quoted;

import io.muster.internal.shell.Json;
import io.muster.ipc.PlaceInspector;
import io.muster.ipc.channel.ChannelView;
import io.muster.ipc.memory.PlaceView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Places and sessions as programs read them. */
final class ShmJson {
    private ShmJson() {}

    static String of(List<PlaceInspector.Report> reports) {
        return array(reports, ShmJson::report);
    }

    private static <T> String array(List<T> elements, Function<T, String> json) {
        return elements.stream().map(json).collect(Collectors.joining(",", "[", "]"));
    }

    private static String report(PlaceInspector.Report report) {
        PlaceView view = report.view();
        return "{\"kind\":" + quoted(view.named() ? "place" : "session")
                + ",\"name\":" + quoted(view.name())
                + ",\"path\":" + quoted(view.path().toString())
                + ",\"bytes\":" + view.bytes()
                + ",\"freeBytes\":" + view.freeBytes()
                + ",\"mostAtOnce\":" + view.mostAtOnce()
                + (view.problem().isEmpty() ? "" : ",\"problem\":" + quoted(view.problem()))
                + ",\"processes\":" + array(view.occupants(), ShmJson::occupant)
                + ",\"objects\":" + array(report.named(), ShmJson::named)
                + ",\"unnamed\":" + array(report.unnamed(), ShmJson::unnamed)
                + ",\"channels\":" + array(report.channels(), ShmJson::channel)
                + "}";
    }

    private static String occupant(PlaceView.Occupant occupant) {
        return "{\"pid\":" + occupant.party().pid()
                + ",\"name\":" + quoted(occupant.party().name())
                + ",\"state\":" + quoted(occupant.life().name().toLowerCase(Locale.ROOT))
                + "}";
    }

    private static String named(PlaceInspector.NamedEntry entry) {
        return "{\"name\":" + quoted(entry.name())
                + ",\"type\":" + quoted(entry.type())
                + ",\"bytes\":" + entry.bytes()
                + ",\"state\":" + quoted(entry.state())
                + ",\"makerPid\":" + entry.makerPid()
                + ",\"madeAt\":"
                + quoted(Instant.ofEpochMilli(entry.madeAtMillis()).toString())
                + "}";
    }

    private static String channel(ChannelView channel) {
        return "{\"kind\":" + quoted(channel.kind())
                + ",\"id\":" + quoted(channel.id())
                + ",\"items\":" + channel.items()
                + ",\"bytes\":" + channel.bytes()
                + (channel.mostItems() < 0 ? "" : ",\"mostItems\":" + channel.mostItems())
                + (channel.mostBytes() < 0 ? "" : ",\"mostBytes\":" + channel.mostBytes())
                + ",\"sent\":" + channel.sent()
                + ",\"sentBytes\":" + channel.sentBytes()
                + ",\"received\":" + channel.received()
                + ",\"receivedBytes\":" + channel.receivedBytes()
                + ",\"sendersBlockedNanos\":" + channel.sendersBlockedNanos()
                + ",\"receiversBlockedNanos\":" + channel.receiversBlockedNanos()
                + ",\"held\":" + channel.held()
                + ",\"returned\":" + channel.returned()
                + ",\"senders\":" + array(channel.senders(), Json::quoted)
                + ",\"receivers\":" + array(channel.receivers(), Json::quoted)
                + ",\"attached\":" + array(channel.attached(), Json::quoted)
                + ",\"holders\":" + array(channel.holders(), Json::quoted)
                + "}";
    }

    private static String unnamed(PlaceInspector.UnnamedEntry entry) {
        return "{\"kind\":" + quoted(entry.kind())
                + ",\"count\":" + entry.count()
                + ",\"bytes\":" + entry.bytes()
                + "}";
    }
}
