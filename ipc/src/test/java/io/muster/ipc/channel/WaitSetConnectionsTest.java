package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a set promises of each kind of connection beyond what it promises of all things. */
class WaitSetConnectionsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.muster.ipc.channel.WaitableKind#pairs")
    void theEndIsReadyForEver(WaitableKind.Pair pair) throws Exception {
        try (ConnectionPair.Ends ends = pair.opener().open(directory);
                WaitSet set = WaitSet.create()) {
            WaitSet.Key key = set.add(ends.right());
            ends.left().send("last");
            Background<List<WaitSet.Key>> waiting = Background.call(set::await);
            assertEquals(List.of(key), waiting.get());
            assertEquals("last", ends.right().recv());
            waiting = Background.call(set::await);
            waiting.untilAsleep();
            ends.left().close();
            assertEquals(List.of(key), waiting.get());
            assertThrows(EOFException.class, () -> ends.right().recv());
            assertEquals(List.of(key), set.await());
        }
    }

    /** Longer than what fits in between: it comes in pieces, of which looking takes what is there. */
    @ParameterizedTest
    @MethodSource("io.muster.ipc.channel.WaitableKind#pairs")
    void aLargeMessageIsWaitedForUntilItIsComplete(WaitableKind.Pair pair) throws Exception {
        byte[] large = new byte[5_000_000];
        large[4_999_999] = 7;
        try (ConnectionPair.Ends ends = pair.opener().open(directory);
                WaitSet set = WaitSet.create()) {
            WaitSet.Key key = set.add(ends.right());
            Background<Void> sending = Background.call(() -> {
                ends.left().sendBytes(large);
                return null;
            });
            assertEquals(List.of(key), set.await());
            assertArrayEquals(large, ends.right().recvBytes());
            sending.get();
            assertEquals(List.of(), set.await(Duration.ZERO));
        }
    }
}
