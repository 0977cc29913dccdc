package io.muster.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** Where the items come from, one at a time: a stream may be endless, and slow. For one thread. */
interface ItemSource {
    /**
     * Waits for the next item.
     *
     * @return null at the end
     */
    String next() throws IOException;

    static ItemSource of(List<String> items) {
        Iterator<String> iterator = items.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }

    /**
     * Cuts a stream into items.
     *
     * @param in UTF-8; need not be buffered
     * @param separator the byte between items, line feed or 0; a carriage return before a line feed goes with it
     */
    static ItemSource of(InputStream in, byte separator) {
        return new ItemSource() {
            private final byte[] block = new byte[8192];
            private final ByteArrayOutputStream item = new ByteArrayOutputStream();
            private int at;
            private int end;

            @Override
            public String next() throws IOException {
                while (true) {
                    if (at == end) {
                        at = 0;
                        // Takes what is there: an item that has come is not kept waiting for a full block.
                        end = Math.max(in.read(block), 0);
                        if (end == 0) {
                            return item.size() == 0 ? null : take();
                        }
                    }
                    byte next = block[at++];
                    if (next == separator) {
                        return take();
                    }
                    item.write(next);
                }
            }

            private String take() {
                String text = item.toString(StandardCharsets.UTF_8);
                item.reset();
                return separator == '\n' && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
        };
    }
}
