package dev.weir.hub.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges as players send them. */
class ByteSpanTest {
    @Test
    void oneRange_isTaken() {
        assertThat(ByteSpan.parse("bytes=100-199")).contains(new ByteSpan(100, 100));
        assertThat(ByteSpan.parse("bytes=0-0")).contains(new ByteSpan(0, 1));
        assertThat(ByteSpan.parse("bytes=7-")).contains(new ByteSpan(7, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes=-500",
                "bytes=5-4",
                "bytes=0-1,4-5",
                "items=0-1",
                "bytes=a-b",
                "bytes=99999999999999999-"
            })
    void anythingElse_readsAsTheWholeFile(String header) {
        assertThat(ByteSpan.parse(header)).isEmpty();
    }
}
