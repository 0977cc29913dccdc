package io.muster.internal.inherit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionWordsTest {
    @Test
    void variablesAreSplitAtSpacesAndHeldTogetherByQuotes() {
        assertEquals(
                List.of("-Da=b c", "-Dd=e\\f", "", "-Dg=\"h\""),
                OptionWords.ofVariable("  -Da=\"b c\"\t-Dd=e\\f '' '-Dg=\"h\"' "));
    }

    @Test
    void argumentFilesHaveCommentsEscapesAndContinuedLines() {
        String text = "# a comment\n-cp \"a b.jar:\\\n    c.jar\" -Da=\"x\\ty\\\\z\" -Db=c:\\d # the end\r\n--version";
        assertEquals(
                List.of("-cp", "a b.jar:c.jar", "-Da=x\ty\\z", "-Db=c:\\d", "--version"),
                OptionWords.ofArgumentFile(text));
    }
}
