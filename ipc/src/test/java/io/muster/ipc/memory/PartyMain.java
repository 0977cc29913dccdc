package io.muster.ipc.memory;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A process for tests of real deaths: does what the lines of its stdin say, and answers each with one line. */
final class PartyMain {
    private PartyMain() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line.split(" ")));
        }
        Runtime.getRuntime().halt(1);
    }

    private static String answer(String[] words) {
        try {
            return obey(words);
        } catch (SegmentException | IOException e) {
            return e.toString();
        }
    }

    private static String obey(String[] words) throws IOException {
        switch (words[0]) {
            case "inherit":
                SessionDirectory.inherit(Path.of(words[1]), Long.parseLong(words[2]));
                return "ok";
            case "path":
                return SessionDirectory.current().path().toString();
            case "self":
                return Long.toString(place().self());
            case "reserve":
                return Long.toString(place().reserve(words[1]));
            case "judge":
                return place().judge(Long.parseLong(words[1])).toString();
            case "dead":
                return Boolean.toString(place().isDead(Long.parseLong(words[1])));
            case "reaped":
                return place().reaped(Long.parseLong(words[1])).toString();
            case "deaths":
                return Integer.toString(place().deaths());
            case "place":
                PlaceDirectory.open(Path.of(words[1]));
                return "ok";
            case "place-self":
                return Long.toString(
                        PlaceDirectory.open(Path.of(words[1])).place().self());
            case "place-parties":
                return PlaceDirectory.open(Path.of(words[1])).place().parties().stream()
                        .map(party -> Long.toString(party.id()))
                        .collect(Collectors.joining(","));
            case "segment":
                Path file = SessionDirectory.current().newFile("test");
                Segment.create(file, SegmentKind.of("TEST"), 1, Long.parseLong(words[1]));
                return file.toString();
            case "lose-lock":
                new FileInputStream(SessionDirectory.current().path() + "/live").close();
                return "ok";
            case "sweep":
                List<StaleSession> stale = SessionDirectory.sweepStale(words.length > 1);
                return stale.size() + " " + stale;
            case "leave-and-halt":
                SessionDirectory.leave();
                Runtime.getRuntime().halt(0);
                return "";
            case "exit":
                System.exit(0);
                return "";
            default:
                throw new IllegalArgumentException(words[0]);
        }
    }

    private static Place place() {
        return SessionDirectory.current().place();
    }
}
