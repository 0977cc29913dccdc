package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.CrashingMemory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A map of one stripe with real files, and parties of one JVM that use it and may die at any step. */
final class MapCrashWorld implements AutoCloseable {
    private static final String PREFIX = "map";

    final Path directory;
    final CrashWorld world = new CrashWorld(4096);
    /** What the clock says, in nanoseconds. */
    long now = 1_000;
    /** What passes with each look at the clock. */
    long tick;

    final MapHandle<String, Object> survivor;
    final MapCore survivorCore;
    CrashParty victim;

    MapCrashWorld(MapOptions options) {
        try {
            directory = Files.createTempDirectory("muster-map-crash");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CrashParty party = CrashParty.join(world);
        Cell cell = cell(party, true);
        MapCore.format(cell, files(party.point()), PREFIX, options);
        cell.publish();
        survivorCore = core(party);
        survivor = handle(survivorCore);
    }

    static MapOptions small() {
        return new MapOptions("k", "v", 0, 0, 0, 0, false, false, 512, 1);
    }

    private Cell cell(CrashParty party, boolean fresh) {
        return party.cell(MapLayout.CELL_KIND, MapLayout.VERSION_NOW, 0, 1024, fresh);
    }

    private MapFiles files(CrashPoint point) {
        return new MapFiles(directory, PREFIX, point, memory -> new CrashingMemory(memory, point));
    }

    private MapCore core(CrashParty party) {
        return new MapCore(party.participant(), cell(party, false), prefix -> files(party.point()), () -> now += tick);
    }

    private static MapHandle<String, Object> handle(MapCore core) {
        return new MapHandle<>(core, ObjectCodec.standard(), false);
    }

    MapHandle<String, Object> join(CrashPoint point) {
        victim = CrashParty.join(world, point);
        return handle(core(victim));
    }

    MapHandle<String, Object> join() {
        return handle(core(CrashParty.join(world)));
    }

    boolean victimHoldsTheLock() {
        return survivorCore.stripe(0).toString().contains("held by");
    }

    static Map<String, Object> content(SharedMap<String, Object> map) {
        Map<String, Object> content = new HashMap<>();
        for (Map.Entry<String, Object> entry : map.entrySet()) {
            Object former = content.put(entry.getKey(), entry.getValue());
            assertEquals(null, former, "seen twice: " + entry.getKey());
        }
        return content;
    }

    /** At rest: the index is what the slots say, and there are just the files that are named. */
    static void verify(MapCore core) {
        for (int i = 0; i < core.stripeCount(); i++) {
            Stripe stripe = core.stripe(i);
            stripe.lock();
            try {
                verifyIndex(stripe);
                verifyFiles(stripe);
            } finally {
                stripe.unlock();
            }
        }
    }

    private static void verifyIndex(Stripe stripe) {
        StripeFacts facts = StripeFacts.of(stripe);
        assertEquals(facts.count, stripe.header.count(), "count");
        assertEquals(facts.fileBytes, stripe.header.fileBytes(), "bytes of files");
        assertTrue(facts.lastVersion <= stripe.header.version(), "version");
        assertTrue(
                facts.nextExpiry == 0
                        || stripe.header.nextExpiry() != 0 && stripe.header.nextExpiry() <= facts.nextExpiry,
                "next expiry " + stripe.header.nextExpiry() + ", of entries " + facts.nextExpiry);
        StripeTable table = stripe.current();
        if (table != null) {
            assertEquals(facts.live, table.live(), "live bytes");
            assertEquals(facts.used, table.used(), "used slots");
            assertTrue(facts.end <= table.bump(), "entries end at " + facts.end + ", bump " + table.bump());
            assertTrue(table.used() < table.slots(), "no slot is empty");
        }
    }

    private static void verifyFiles(Stripe stripe) {
        StripeTable table = stripe.current();
        Set<Long> named = new TreeSet<>();
        if (table != null) {
            named.add((long) table.segment.file());
        }
        if (stripe.header.spare() != 0) {
            named.add((long) stripe.header.spare());
        }
        MapFiles files = stripe.map.files();
        assertEquals(named, new TreeSet<>(files.numbers('s', stripe.index)), "segments");
        assertEquals(
                new TreeSet<>(StripeFacts.of(stripe).files),
                new TreeSet<>(files.numbers('v', stripe.index)),
                "files of large values");
        assertEquals(0, files.unfinished(stripe.index), "half-made files");
    }

    @Override
    public void close() {
        File[] files = directory.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            file.delete();
        }
        directory.toFile().delete();
    }
}
