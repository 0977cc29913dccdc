package io.muster.internal.launch;

import io.muster.ChildStartException;
import io.muster.child.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;

/** Turns a target into the bytes that travel. */
final class TargetEncoder {
    private TargetEncoder() {}

    static Target encode(LaunchSpec spec, LaunchTarget target) {
        switch (target.kind()) {
            case Target.LAMBDA:
                return Target.lambda(encode(spec.name(), target.lambda()));
            case Target.MAIN:
                return Target.main(target.className(), target.arguments().toArray(new String[0]));
            default:
                return Target.entry(target.className(), target.payload());
        }
    }

    private static byte[] encode(String name, Object lambda) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(lambda);
        } catch (IOException e) {
            throw new ChildStartException(name, "the target of child '" + name + "' cannot travel: " + e, "", e);
        }
        return bytes.toByteArray();
    }
}
