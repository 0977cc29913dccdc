package io.muster.ipc.codec;

import java.nio.ByteBuffer;

/** Looks through the instructions of a method for the few that an error message needs. */
final class MethodCode {
    private static final int ALOAD_0 = 0x2a;
    private static final int TABLESWITCH = 0xaa;
    private static final int LOOKUPSWITCH = 0xab;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int INVOKEINTERFACE = 0xb9;
    private static final int INVOKEDYNAMIC = 0xba;
    private static final int WIDE = 0xc4;

    /** Bytes of each instruction, as digits from opcode 0 on; the three of variable length are done by hand. */
    private static final String LENGTHS =
            "11111111111111112323322222111111111111111111111111111122222111111111111111111111"
                    + "11111111111111111111111111111111111111111111111111113111111111111111111113333333"
                    + "333333333200111111333333355323113311043355";

    private MethodCode() {}

    /** Returns the first field of {@code this} that a method reads or writes; null if it uses none. */
    static String firstFieldOfThis(ClassFile file, ClassFile.Method method) {
        ByteBuffer code = method.code();
        int previous = -1;
        for (int at = 0; at < code.limit(); at = next(code, at)) {
            int opcode = code.get(at) & 0xff;
            if (opcode == GETFIELD && previous == ALOAD_0 || opcode == PUTFIELD) {
                ClassFile.Member field = file.member(code.getShort(at + 1) & 0xffff);
                if (field.owner().equals(file.name())) {
                    return field.name();
                }
            }
            previous = opcode;
        }
        return null;
    }

    /** Returns the first method of its own class that a method calls; null if there is none. */
    static String firstMethodOfThis(ClassFile file, ClassFile.Method method) {
        ByteBuffer code = method.code();
        for (int at = 0; at < code.limit(); at = next(code, at)) {
            int opcode = code.get(at) & 0xff;
            if (opcode == INVOKEVIRTUAL || opcode == INVOKESPECIAL || opcode == INVOKEINTERFACE) {
                ClassFile.Member called = file.member(code.getShort(at + 1) & 0xffff);
                if (called.owner().equals(file.name()) && !called.name().equals("<init>")) {
                    return called.name();
                }
            }
        }
        return null;
    }

    /** Returns the line where the class makes its only lambda of an interface; 0 if not known, -1 if there are several. */
    static int lineOfOnlyLambda(ClassFile file, String interfaceDescriptor) {
        int line = 0;
        for (ClassFile.Method method : file.methods()) {
            ByteBuffer code = method.code();
            for (int at = 0; at < code.limit(); at = next(code, at)) {
                if ((code.get(at) & 0xff) == INVOKEDYNAMIC
                        && file.member(code.getShort(at + 1) & 0xffff)
                                .descriptor()
                                .endsWith(")" + interfaceDescriptor)) {
                    if (line != 0) {
                        return -1;
                    }
                    line = method.lineOf(at);
                }
            }
        }
        return line;
    }

    private static int next(ByteBuffer code, int at) {
        int opcode = code.get(at) & 0xff;
        return switch (opcode) {
            case TABLESWITCH -> {
                int aligned = (at & ~3) + 4;
                yield aligned + 12 + 4 * (code.getInt(aligned + 8) - code.getInt(aligned + 4) + 1);
            }
            case LOOKUPSWITCH -> {
                int aligned = (at & ~3) + 4;
                yield aligned + 8 + 8 * code.getInt(aligned + 4);
            }
            case WIDE -> at + ((code.get(at + 1) & 0xff) == 0x84 ? 6 : 4);
            default -> at + LENGTHS.charAt(opcode) - '0';
        };
    }
}
