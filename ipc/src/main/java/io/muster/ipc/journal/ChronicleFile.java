package io.muster.ipc.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of Chronicle Queue, looked at before Chronicle does: it would wait for a damaged one as for one that is being made, set
 * it aside without a word, or go on behind a gap that no reader gets over.
 *
 * <pre>
 *   byte
 *      0 | HEADER u32     0: no more than made; NOT_COMPLETE: being made, or its maker has died; else META and the length
 *      4 | B9 06 "header" B6 n, the n letters of a type
 *        | ...
 *        | "writePosition", padding, 8D, two i64 numbers of values, i64: where the last entry begins; 0: there is none
 *        | ...
 *      4 + length         a table: items, each HEADER u32, its bytes; 0: no more items
 * </pre>
 */
final class ChronicleFile {
    /** Holds the queue's table: locks and the list of its files. */
    static final String TABLE_TYPE = "STStore";
    /** Holds entries. */
    static final String ENTRIES_TYPE = "SCQStore";

    static final int NOT_COMPLETE = 0x80000000;
    private static final int META = 0x40000000;
    private static final int LENGTH = 0x3fffffff;
    private static final byte NAMED = (byte) 0xb9;
    private static final byte ARRAY = (byte) 0x8d;
    private static final int BEGINNING_BYTES = 128 << 10;
    private static final int LONGEST_HEADER = 4 << 10;

    private final Path path;
    private final ByteBuffer beginning;
    private final long size;
    /** Of the entry at {@code writePosition}; not 0 if there is none. */
    private final int lastHeader;

    enum State {
        /** Made, and nothing was written: left by a killed writer, or a loss of power. */
        EMPTY,
        /** Its header was begun. */
        UNFINISHED,
        READY
    }

    private ChronicleFile(Path path, ByteBuffer beginning, long size, int lastHeader) {
        this.path = path;
        this.beginning = beginning;
        this.size = size;
        this.lastHeader = lastHeader;
    }

    /** @throws JournalException if it is no file, or cannot be read and written by this user */
    static ChronicleFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new JournalException(path + " is no file, as it should be. " + advice(path));
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw new JournalException(path + " cannot be read and written by this user ("
                    + System.getProperty("user.name")
                    + "): a journal is for one user. Run this program as that one, or give it the whole directory.");
        }
        ByteBuffer beginning = ByteBuffer.allocate(BEGINNING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (beginning.hasRemaining() && channel.read(beginning, beginning.position()) > 0) {
                // More may come.
            }
            beginning.flip();
            return new ChronicleFile(path, beginning, channel.size(), lastHeader(channel, beginning));
        } catch (IOException e) {
            throw new JournalException(path + " cannot be read (" + e + "): look after the disk, or mend its mode.", e);
        }
    }

    private static int lastHeader(FileChannel channel, ByteBuffer beginning) throws IOException {
        long position = writePosition(beginning);
        if (position == 0) {
            return NOT_COMPLETE;
        }
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return position > 0 && channel.read(header, position) == Integer.BYTES ? header.getInt(0) : 0;
    }

    private static long writePosition(ByteBuffer beginning) {
        String text = new String(
                beginning.array(), 0, Math.min(LONGEST_HEADER, beginning.limit()), StandardCharsets.ISO_8859_1);
        int name = text.indexOf("writePosition");
        int array = name < 0 ? -1 : text.indexOf(ARRAY & 0xff, name);
        int value = array + 1 + 2 * Long.BYTES;
        return array < 0 || value + Long.BYTES > beginning.limit() ? 0 : beginning.getLong(value);
    }

    /**
     * How far it has come.
     *
     * @throws JournalException if it is damaged: it says in what, and what to do
     */
    State check(String type) {
        if (size == 0) {
            return State.EMPTY;
        }
        if (size < Integer.BYTES) {
            throw damaged("it has only " + size + " bytes");
        }
        int header = beginning.getInt(0);
        if (header == 0) {
            requireZeros();
            return State.EMPTY;
        }
        if (header == NOT_COMPLETE) {
            return State.UNFINISHED;
        }
        requireHeader(header, type);
        if (type.equals(TABLE_TYPE)) {
            requireTable(itemAfter(0));
        } else if (lastHeader == 0) {
            throw damaged("it was cut off, or its end is empty: its last entry is missing");
        }
        return State.READY;
    }

    private void requireZeros() {
        for (int i = 0; i < beginning.limit(); i++) {
            if (beginning.get(i) != 0) {
                throw damaged("it begins with zeros, and goes on with something else");
            }
        }
    }

    private void requireHeader(int header, String type) {
        String name = "\u00b9\u0006header\u00b6" + (char) type.length() + type;
        int length = header & LENGTH;
        boolean fits = (header & ~LENGTH) == META && length >= name.length() && length <= LONGEST_HEADER;
        byte[] expected = name.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; fits && i < expected.length; i++) {
            fits = Integer.BYTES + i < beginning.limit() && beginning.get(Integer.BYTES + i) == expected[i];
        }
        if (!fits) {
            throw damaged("it begins with 0x" + Integer.toHexString(header) + ", which is no header");
        }
        if (Integer.BYTES + length > size) {
            throw damaged("it was cut off after " + size + " bytes");
        }
    }

    private int itemAfter(int at) {
        return at + Integer.BYTES + (beginning.getInt(at) & LENGTH);
    }

    /** One that is being made is the last. */
    private void requireTable(int first) {
        for (int at = first; at + Integer.BYTES <= beginning.limit(); at = itemAfter(at)) {
            int header = beginning.getInt(at);
            if (header == 0 || (header & NOT_COMPLETE) != 0) {
                return;
            }
            int length = header & LENGTH;
            if ((header & META) != 0 || length == 0 || at + Integer.BYTES + length > beginning.limit()) {
                throw damaged("at byte " + at + " 0x" + Integer.toHexString(header) + " stands for an item");
            }
            if (beginning.get(at + Integer.BYTES) != NAMED) {
                throw damaged("at byte " + at + " there is an item without a name");
            }
        }
    }

    private JournalException damaged(String how) {
        return new JournalException(path + " is damaged: " + how + ". " + advice(path));
    }

    private static String advice(Path path) {
        return path.toString().endsWith(ChronicleLog.FILE_END)
                ? "Move it away while no process uses the journal: the entries in the other files can be read then."
                : "Delete it while no process uses the journal: it is made anew, and no entry is lost.";
    }
}
