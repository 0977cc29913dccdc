package io.muster.ipc.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a class file as an error message needs: names, line numbers, local variables and code of its methods. Bytes
 * that are not a class file give some {@code RuntimeException}.
 */
final class ClassFile {
    private static final int MAGIC = 0xCAFEBABE;

    private final ByteBuffer bytes;
    private int[] constants = {};
    private String name;
    private String sourceFile;
    private final List<Method> methods = new ArrayList<>();

    private ClassFile(byte[] source) {
        bytes = ByteBuffer.wrap(source);
    }

    static ClassFile parse(byte[] source) {
        ClassFile file = new ClassFile(source);
        file.read();
        return file;
    }

    /** The internal name of the class. */
    String name() {
        return name;
    }

    /** The simple name of the source file; null if not recorded. */
    String sourceFile() {
        return sourceFile;
    }

    List<Method> methods() {
        return methods;
    }

    Method method(String methodName, String descriptor) {
        for (Method method : methods) {
            if (method.name.equals(methodName) && method.descriptor.equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    /** A name and a type that an instruction refers to; the owner is null for {@code invokedynamic}. */
    record Member(String owner, String name, String descriptor) {}

    Member member(int index) {
        int at = constants[index];
        boolean dynamic = bytes.get(at) == Constant.INVOKE_DYNAMIC;
        int nameAndType = constants[u2(at + 3)];
        String owner = dynamic ? null : utf8(u2(constants[u2(at + 1)] + 1));
        return new Member(owner, utf8(u2(nameAndType + 1)), utf8(u2(nameAndType + 3)));
    }

    private void read() {
        if (bytes.getInt() != MAGIC) {
            throw new IllegalArgumentException("not a class file");
        }
        bytes.position(8);
        readConstants();
        bytes.getShort();
        name = utf8(u2(constants[u2()] + 1));
        bytes.getShort();
        skip(2 * u2());
        readFields();
        readMethods();
        readAttributes((attribute, length) -> {
            if (attribute.equals("SourceFile")) {
                sourceFile = utf8(u2(bytes.position()));
            }
        });
    }

    private void readConstants() {
        constants = new int[u2()];
        for (int i = 1; i < constants.length; i++) {
            constants[i] = bytes.position();
            int tag = bytes.get();
            skip(Constant.size(tag, bytes));
            if (Constant.isTwoSlots(tag)) {
                i++;
            }
        }
    }

    private void readFields() {
        for (int left = u2(); left > 0; left--) {
            skip(6);
            readAttributes((attribute, length) -> {});
        }
    }

    private void readMethods() {
        for (int left = u2(); left > 0; left--) {
            int flags = u2();
            Method method = new Method((flags & 0x0008) != 0, utf8(u2()), utf8(u2()));
            readAttributes((attribute, length) -> {
                if (attribute.equals("Code")) {
                    readCode(method);
                }
            });
            methods.add(method);
        }
    }

    private void readCode(Method method) {
        int end = bytes.position();
        skip(4);
        int length = bytes.getInt();
        method.code = bytes.slice(bytes.position(), length);
        skip(length);
        skip(8 * u2());
        readAttributes((attribute, size) -> {
            if (attribute.equals("LineNumberTable")) {
                readLines(method);
            } else if (attribute.equals("LocalVariableTable")) {
                readVariables(method);
            }
        });
        bytes.position(end);
    }

    private void readLines(Method method) {
        int at = bytes.position();
        int count = u2(at);
        method.lines = new int[count * 2];
        for (int i = 0; i < method.lines.length; i++) {
            method.lines[i] = u2(at + 2 + 2 * i);
        }
    }

    /** Variables that live from the first instruction are the parameters. */
    private void readVariables(Method method) {
        int at = bytes.position();
        for (int i = 0, count = u2(at); i < count; i++) {
            int entry = at + 2 + 10 * i;
            if (u2(entry) == 0) {
                int slot = u2(entry + 8);
                while (method.parameters.size() <= slot) {
                    method.parameters.add(null);
                }
                method.parameters.set(slot, utf8(u2(entry + 4)));
            }
        }
    }

    private interface AttributeReader {
        /** Called with the buffer at the attribute's contents; it may stay or go anywhere. */
        void read(String attribute, int length);
    }

    private void readAttributes(AttributeReader reader) {
        for (int left = u2(); left > 0; left--) {
            String attribute = utf8(u2());
            int length = bytes.getInt();
            int end = bytes.position() + length;
            reader.read(attribute, length);
            bytes.position(end);
        }
    }

    private String utf8(int index) {
        int at = constants[index];
        return new String(bytes.array(), at + 3, u2(at + 1), StandardCharsets.UTF_8);
    }

    private int u2() {
        return bytes.getShort() & 0xffff;
    }

    private int u2(int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private void skip(int count) {
        bytes.position(bytes.position() + count);
    }

    /** A method and what its debug information says. */
    static final class Method {
        private final boolean isStatic;
        private final String name;
        private final String descriptor;
        private final List<String> parameters = new ArrayList<>();
        private ByteBuffer code = ByteBuffer.allocate(0);
        /** Pairs: first instruction, line. */
        private int[] lines = {};

        Method(boolean isStatic, String name, String descriptor) {
            this.isStatic = isStatic;
            this.name = name;
            this.descriptor = descriptor;
        }

        String name() {
            return name;
        }

        boolean isStatic() {
            return isStatic;
        }

        ByteBuffer code() {
            return code;
        }

        /** The line of the first instruction; 0 if not recorded. */
        int firstLine() {
            return lineOf(0);
        }

        /** The line of the instruction at {@code position}; 0 if not recorded. */
        int lineOf(int position) {
            int line = 0;
            int nearest = -1;
            for (int i = 0; i < lines.length; i += 2) {
                if (lines[i] <= position && lines[i] > nearest) {
                    nearest = lines[i];
                    line = lines[i + 1];
                }
            }
            return line;
        }

        /** The name of the captured variable {@code index}, where {@code this} counts as one; null if not recorded. */
        String parameterName(int index) {
            int slot = 0;
            int at = 1;
            for (int i = isStatic ? 0 : 1; i < index && at > 0; i++) {
                slot += descriptor.charAt(at) == 'J' || descriptor.charAt(at) == 'D' ? 2 : 1;
                at = afterType(at);
            }
            slot += isStatic ? 0 : 1;
            return slot < parameters.size() ? parameters.get(slot) : null;
        }

        private int afterType(int start) {
            int at = start;
            while (descriptor.charAt(at) == '[') {
                at++;
            }
            return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
        }
    }

    /** The entries of a constant pool: how long each is. */
    private static final class Constant {
        static final int INVOKE_DYNAMIC = 18;

        private Constant() {}

        static boolean isTwoSlots(int tag) {
            return tag == 5 || tag == 6;
        }

        /** How many bytes follow the tag, with the buffer right behind it. */
        static int size(int tag, ByteBuffer bytes) {
            return switch (tag) {
                case 1 -> 2 + (bytes.getShort(bytes.position()) & 0xffff);
                case 3, 4, 9, 10, 11, 12, 17, INVOKE_DYNAMIC -> 4;
                case 5, 6 -> 8;
                case 7, 8, 16, 19, 20 -> 2;
                case 15 -> 3;
                default -> throw new IllegalArgumentException("constant of kind " + tag);
            };
        }
    }
}
