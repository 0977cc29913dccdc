package io.muster.child;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Which environments belong to a cookie. */
class CookieSweepTest {
    private static boolean carries(String environment, String cookie) {
        return CookieSweep.containsEntry(
                environment.getBytes(StandardCharsets.UTF_8),
                ("MUSTER_COOKIE=" + cookie).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theCookieItselfAndWhatIsBelowIt() {
        assertTrue(carries("A=1\0MUSTER_COOKIE=ab-1\0B=2\0", "ab-1"));
        assertTrue(carries("MUSTER_COOKIE=ab-1/cd-2\0", "ab-1"));
        assertTrue(carries("MUSTER_COOKIE=ab-1", "ab-1"));
    }

    @Test
    void notOneThatOnlyBeginsAlike() {
        assertFalse(carries("MUSTER_COOKIE=ab-10\0", "ab-1"));
        assertFalse(carries("MUSTER_COOKIE=ab-1\0", "ab-1/cd-2"));
        assertFalse(carries("X_MUSTER_COOKIE=ab-1\0", "ab-1"));
        assertFalse(carries("X=MUSTER_COOKIE=ab-1\0", "ab-1"));
        assertFalse(carries("", "ab-1"));
    }
}
