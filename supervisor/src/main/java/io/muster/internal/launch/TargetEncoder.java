package io.muster.internal.launch;

import io.muster.ChildStartException;
import io.muster.child.Target;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;

/** Turns a target into the bytes that travel. */
final class TargetEncoder {
    private TargetEncoder() {}

    static Target encode(String childName, LaunchTarget target) {
        switch (target.kind()) {
            case Target.LAMBDA:
                return Target.lambda(encode(childName, target.lambda()));
            case Target.MAIN:
                return Target.main(target.className(), target.arguments().toArray(new String[0]));
            default:
                return Target.entry(target.className(), target.payload());
        }
    }

    private static byte[] encode(String childName, Object lambda) {
        try {
            return ObjectCodec.standard().encode(lambda);
        } catch (EncodeException e) {
            throw new ChildStartException(
                    childName, "the target of child '" + childName + "' cannot travel: " + e.getMessage(), "", e);
        }
    }
}
