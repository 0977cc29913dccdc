package io.muster.ipc.wait;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.muster.ipc.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A private piece of native memory whose address system calls may be given. Kept for as long as the JVM lives. */
final class NativeMemory {
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    /** Of memory that native calls cannot reach, such as the twins of tests. */
    static final long NO_ADDRESS = -1;

    private static final int LINE_BYTES = 64;

    private final ByteBuffer bytes;
    private final long address;

    private NativeMemory(ByteBuffer bytes, long address) {
        this.bytes = bytes;
        this.address = address;
    }

    /** Zeroed, on cache lines of its own. */
    static NativeMemory allocate(int size) {
        int whole = (size + LINE_BYTES - 1) & -LINE_BYTES;
        ByteBuffer bytes = ByteBuffer.allocateDirect(whole + LINE_BYTES)
                .alignedSlice(LINE_BYTES)
                .order(ByteOrder.nativeOrder());
        return new NativeMemory(bytes, addressOf(bytes));
    }

    /** The raw address of four bytes, good for as long as {@code memory} is reachable. */
    static long addressOf(Memory memory, long offset) {
        try {
            return addressOf(memory.directSlice(offset, Integer.BYTES));
        } catch (UnsupportedOperationException none) {
            return NO_ADDRESS;
        }
    }

    private static long addressOf(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    long address(int offset) {
        return address + offset;
    }

    int getInt(int offset) {
        return bytes.getInt(offset);
    }

    void putInt(int offset, int value) {
        bytes.putInt(offset, value);
    }

    long getLong(int offset) {
        return bytes.getLong(offset);
    }

    void putLong(int offset, long value) {
        bytes.putLong(offset, value);
    }

    int getIntVolatile(int offset) {
        return (int) INTS.getVolatile(bytes, offset);
    }

    void putIntVolatile(int offset, int value) {
        INTS.setVolatile(bytes, offset, value);
    }

    int incrementInt(int offset) {
        return (int) INTS.getAndAdd(bytes, offset, 1) + 1;
    }
}
