package io.muster.ipc.internal.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.SegmentKind;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A freed cell rests before it is another object's: who is about to use it finds it closed. */
class CellStoreTest {
    private static final int KIND = SegmentKind.of("TEST");
    private static final int BODY = 100;

    @TempDir
    private Path directory;

    private final AtomicLong files = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private CellStore store;

    @BeforeEach
    void open() {
        store = new CellStore(directory, "cells-", files::incrementAndGet, nanos::get);
    }

    private Cell allocate(long bodyBytes) {
        Cell cell = store.allocate(KIND, 1, bodyBytes);
        cell.publish();
        return cell;
    }

    private void free(Cell cell, boolean known) {
        cell.retire();
        store.free(cell, known);
    }

    private static boolean isSamePlace(Cell one, Cell other) {
        return one.ref().file().equals(other.ref().file())
                && one.ref().offset() == other.ref().offset();
    }

    @Test
    void oneThatNobodyElseKnowsRestsASecond() {
        Cell first = allocate(BODY);
        first.memory().putLong(first.body(), 7);
        free(first, false);
        nanos.set(CellStore.SHORT_REST_NANOS - 1);
        assertFalse(isSamePlace(first, allocate(BODY)));
        nanos.set(CellStore.SHORT_REST_NANOS);
        Cell again = allocate(BODY);
        assertTrue(isSamePlace(first, again));
        assertNotEquals(first.ref().generation(), again.ref().generation());
        assertEquals(0, again.memory().getLong(again.body()));
        assertFalse(first.isOpen());
        assertTrue(again.isOpen());
    }

    @Test
    void oneThatOthersMayKnowRestsLonger() {
        Cell first = allocate(BODY);
        free(first, true);
        nanos.set(CellStore.REST_NANOS - 1);
        assertFalse(isSamePlace(first, allocate(BODY)));
        nanos.set(CellStore.REST_NANOS);
        assertTrue(isSamePlace(first, allocate(BODY)));
    }

    @Test
    void aCellOfAnotherSizeIsNotGivenOut() {
        Cell first = allocate(BODY);
        free(first, false);
        nanos.set(CellStore.REST_NANOS);
        assertFalse(isSamePlace(first, allocate(10 * BODY)));
    }

    @Test
    void makingAndClosingAllTheTimeTakesSoMuchMemoryAndNoMore() {
        long rounds = 3 * CellStore.MOST_RESTING_BYTES / CellLayout.cellBytes(64 * 1024);
        for (long i = 0; i < rounds; i++) {
            free(allocate(64 * 1024), false);
        }
        long bytes = 0;
        for (java.io.File file : directory.toFile().listFiles()) {
            bytes += file.length();
        }
        assertTrue(bytes < 3 * CellStore.MOST_RESTING_BYTES / 2, bytes + " bytes of files");
    }
}
