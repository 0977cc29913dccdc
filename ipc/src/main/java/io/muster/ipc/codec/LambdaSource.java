package io.muster.ipc.codec;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where in the source a lambda stands and what it uses, read from the class file around it. Every part may be unknown (the
 * loader does not give the bytes, they were compiled without debug information), and the texts then say less.
 */
final class LambdaSource {
    private final String owner;
    private final ClassFile file;
    private final ClassFile.Method body;

    private LambdaSource(String owner, ClassFile file, ClassFile.Method body) {
        this.owner = owner;
        this.file = file;
        this.body = body;
    }

    static LambdaSource of(ClassLoader loader, LambdaShape shape) {
        String owner = shape.capturingClass().replace('/', '.');
        ClassFile file = load(loader, owner);
        ClassFile.Method body = null;
        if (file != null && shape.implClass().equals(shape.capturingClass())) {
            body = file.method(shape.implMethodName(), shape.implSignature());
        }
        return new LambdaSource(owner, file, body);
    }

    /** Returns {@code File.java:line} of the only lambda for one of these interfaces in a class; null if there are more. */
    static String ofOnly(ClassLoader loader, String owner, Class<?>[] interfaces) {
        ClassFile file = load(loader, owner);
        if (file == null || interfaces.length == 0) {
            return null;
        }
        int line = MethodCode.lineOfOnlyLambda(file, interfaces[0].descriptorString());
        return line <= 0 || file.sourceFile() == null ? null : file.sourceFile() + ":" + line;
    }

    private static ClassFile load(ClassLoader loader, String className) {
        String resource = className.replace('.', '/') + ".class";
        try (InputStream bytes = loader == null
                ? ClassLoader.getSystemResourceAsStream(resource)
                : loader.getResourceAsStream(resource)) {
            return bytes == null ? null : ClassFile.parse(bytes.readAllBytes());
        } catch (IOException | RuntimeException e) {
            return null; // a help that cannot be given
        }
    }

    /** Returns {@code at File.java:41}, or as much as is known. */
    String place() {
        int line = body == null || !isLambdaBody() ? 0 : body.firstLine();
        if (line > 0 && file.sourceFile() != null) {
            return "at " + file.sourceFile() + ":" + line;
        }
        return "in " + owner;
    }

    private boolean isLambdaBody() {
        return body.name().startsWith("lambda$");
    }

    boolean usesField() {
        return body != null && MethodCode.firstFieldOfThis(file, body) != null;
    }

    /** Returns what of {@code this} the lambda uses: {@code the field `parser`}. */
    String use() {
        if (body != null) {
            String field = MethodCode.firstFieldOfThis(file, body);
            if (field != null) {
                return "the field `" + field + "`";
            }
            String method = MethodCode.firstMethodOfThis(file, body);
            if (method != null) {
                return "the method `" + method + "`";
            }
        }
        return "a field or method of it";
    }

    /** Returns the captured variable: {@code the variable `connection`}, or its position. */
    String variable(int index) {
        String name = body == null ? null : body.parameterName(index);
        return name == null ? "a value" : "the variable `" + name + "`";
    }
}
