package io.muster.ipc.sync;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The name of a thread as it stands in shared memory, for messages: {@value #BYTES} bytes of UTF-8, zeros behind it, what
 * is longer cut off. Kept ready so that noting it takes four stores.
 */
final class ThreadName {
    static final int BYTES = 32;

    private final long threadId;
    private final String name;
    private final long[] words = new long[BYTES / Long.BYTES];

    ThreadName(Thread thread) {
        threadId = thread.getId();
        name = thread.getName();
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name), bytes, true);
        bytes.position(0).limit(BYTES);
        bytes.asLongBuffer().get(words);
    }

    /** Whether this is still what that thread is called. */
    boolean isOf(Thread thread) {
        // A thread returns the same string until it is renamed.
        return thread.getId() == threadId && thread.getName() == name;
    }

    void write(Memory memory, long offset) {
        for (int i = 0; i < words.length; i++) {
            memory.putLongOpaque(offset + (long) i * Long.BYTES, words[i]);
        }
    }

    /** What was written there last; may be half of one name and half of another while it changes. */
    static String read(Memory memory, long offset) {
        byte[] bytes = new byte[BYTES];
        memory.getBytes(offset, bytes, 0, BYTES);
        int length = 0;
        while (length < BYTES && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
