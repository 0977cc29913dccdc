package io.muster.ipc.channel;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a queue that never leaves its process has in place of files. */
final class PrivateQueueFiles implements QueueFiles {
    private final Map<Long, byte[]> items = new ConcurrentHashMap<>();
    private volatile Memory memory;

    @Override
    public Memory create(long bodyBytes) {
        memory = Memory.wrap(ByteBuffer.allocateDirect(Math.toIntExact(bodyBytes) + Long.BYTES)
                .alignedSlice(Long.BYTES));
        return memory;
    }

    @Override
    public Memory open() {
        return memory;
    }

    @Override
    public void write(long number, byte[] bytes, int length) {
        items.put(number, Arrays.copyOf(bytes, length));
    }

    @Override
    public byte[] read(long number, int length) {
        return items.get(number);
    }

    @Override
    public void remove(long number) {
        items.remove(number);
    }

    @Override
    public List<Long> numbers() {
        return List.copyOf(items.keySet());
    }

    @Override
    public void removeAll() {
        items.clear();
    }
}
