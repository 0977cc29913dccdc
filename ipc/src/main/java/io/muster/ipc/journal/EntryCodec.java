package io.muster.ipc.journal;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import java.nio.file.Path;
import java.util.Objects;

/** How the entries of one journal become bytes and objects again. Thread-safe. */
final class EntryCodec<E> {
    private final Path directory;
    private final Class<E> type;
    private final ObjectCodec codec;

    EntryCodec(Path directory, Class<E> type, ObjectCodec codec) {
        this.directory = directory;
        this.type = type;
        this.codec = codec;
    }

    Class<E> type() {
        return type;
    }

    byte[] encode(E entry) {
        Objects.requireNonNull(entry, "entry");
        if (!type.isInstance(entry)) {
            throw new ClassCastException("the journal in " + directory + " takes " + type.getName() + ", not "
                    + entry.getClass().getName() + ". Nothing was appended.");
        }
        byte[] payload = codec.encode(entry);
        if (payload.length > EntryLayout.MOST_BYTES) {
            throw new IllegalArgumentException("an entry of " + payload.length + " bytes: the journal in " + directory
                    + " takes up to " + EntryLayout.MOST_BYTES
                    + ". Nothing was appended. Put it into a file and append its name.");
        }
        return payload;
    }

    E decode(Entry entry) {
        return decode(entry.index(), entry.payload(), 0);
    }

    E decode(long index, byte[] payload, int from) {
        try {
            return type.cast(codec.decode(payload, from, payload.length - from));
        } catch (DecodeException e) {
            throw new DecodeException(
                    e.reason(),
                    "entry 0x" + Long.toHexString(index) + " of the journal in " + directory + ": " + e.getMessage(),
                    e);
        }
    }
}
