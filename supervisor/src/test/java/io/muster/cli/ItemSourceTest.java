package io.muster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemSourceTest {
    @Test
    void linesAreItems() throws IOException {
        assertEquals(List.of("a", "", "b c", "é"), all("a\n\nb c\né", '\n'));
        assertEquals(List.of("a", "b"), all("a\r\nb\r\n", '\n'));
        assertEquals(List.of("a\rb"), all("a\rb\n", '\n'));
        assertEquals(List.of(), all("", '\n'));
    }

    @Test
    void zeroBytesEndItemsAndLineFeedsBelongToThem() throws IOException {
        assertEquals(List.of("a\nb", "c\r"), all("a\nb\0c\r\0", '\0'));
    }

    @Test
    void aLongItemCrossesBlocks() throws IOException {
        String item = "é".repeat(20_000);
        assertEquals(List.of(item, "end"), all(item + "\nend", '\n'));
    }

    @Test
    void anItemIsHandedOutBeforeMoreIsRead() throws IOException {
        InputStream slow = new InputStream() {
            private final byte[] first = "now\n".getBytes(StandardCharsets.US_ASCII);
            private boolean given;

            @Override
            public int read() {
                throw new AssertionError("one byte at a time");
            }

            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                if (given) {
                    throw new IOException("would wait");
                }
                given = true;
                System.arraycopy(first, 0, target, from, first.length);
                return first.length;
            }
        };
        assertEquals("now", ItemSource.of(slow, (byte) '\n').next());
    }

    @Test
    void givenItemsComeInOrder() throws IOException {
        ItemSource source = ItemSource.of(List.of("x", "y"));
        assertEquals("x", source.next());
        assertEquals("y", source.next());
        assertNull(source.next());
    }

    private static List<String> all(String text, char separator) throws IOException {
        ItemSource source =
                ItemSource.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), (byte) separator);
        List<String> items = new ArrayList<>();
        for (String item; (item = source.next()) != null; ) {
            items.add(item);
        }
        return items;
    }
}
