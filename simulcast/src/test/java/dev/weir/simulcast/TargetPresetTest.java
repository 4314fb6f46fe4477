package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.simulcast.internal.rtmp.RtmpAddress;
import org.junit.jupiter.api.Test;

class TargetPresetTest {

    private static final String INSTAGRAM_KEY = "1786504?s_bl=1&s_efg=eyJx%3D%3D&s_sw=0&s_vt=ig&a=Abw/x";

    @Test
    void keyWithQuery_reachesTheServerAsPasted() {
        String url = TargetPreset.INSTAGRAM_LIVE.url(null, " " + INSTAGRAM_KEY + "\n");
        RtmpAddress address = RtmpAddress.parse(url);
        assertThat(address.key()).isEqualTo(INSTAGRAM_KEY);
        assertThat(address.app()).isEqualTo("rtmp");
        assertThat(address.tcUrl()).isEqualTo("rtmps://live-upload.instagram.com:443/rtmp");
        assertThat(address.tls()).isTrue();
        assertThat(address.toString()).doesNotContain("1786504");
    }

    @Test
    void everyUsualServer_makesATarget() {
        for (TargetPreset preset : TargetPreset.values()) {
            String url = preset.url(preset.server() == null ? "rtmp://push.example.test/game/" : null, "key-1");
            TargetSpec spec = preset.spec("t", preset.title(), url, TargetFit.REENCODE);
            assertThat(spec.limits()).isEqualTo(preset.limits());
            assertThat(RtmpAddress.parse(url).key()).isEqualTo("key-1");
            assertThat(spec.toString()).doesNotContain("key-1");
            assertThat(preset.guide()).isNotBlank();
        }
    }

    @Test
    void plainRtmp_isRefusedWhereThePlatformRefusesIt() {
        assertThatThrownBy(() -> TargetPreset.INSTAGRAM_LIVE.url("rtmp://live-upload.instagram.com/rtmp/", "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: rtmps://");
    }

    @Test
    void serverThatIsNewForEveryLive_mustBePasted() {
        assertThatThrownBy(() -> TargetPreset.TIKTOK_LIVE.url(" ", "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server: empty");
    }

    @Test
    void portraitPlatform_namesALandscapeStream() {
        VideoLimits limits = TargetPreset.TIKTOK_LIVE.limits();
        assertThat(limits).isNotNull();
        assertThat(StreamFit.fits(1280, 720, limits.shape())).isFalse();
        assertThat(StreamFit.fits(720, 1280, limits.shape())).isTrue();
    }

    @Test
    void addressWithoutKeyOrWithADeepApplication_isTakenApartAsEncodersDo() {
        assertThat(RtmpAddress.parse("rtmp://h/a/b/key?x=/y").app()).isEqualTo("a/b");
        assertThat(RtmpAddress.parse("rtmp://h/a/b/key?x=/y").key()).isEqualTo("key?x=/y");
        assertThat(RtmpAddress.parse("rtmp://h/app").key()).isEmpty();
        assertThat(RtmpAddress.parse("rtmp://[::1]:1940/app/k").host()).isEqualTo("[::1]");
        assertThat(RtmpAddress.parse("rtmps://h/app/k").port()).isEqualTo(443);
        assertThatThrownBy(() -> RtmpAddress.parse("http://h/app/k")).hasMessageContaining("expected: rtmp://");
        assertThatThrownBy(() -> RtmpAddress.parse("rtmp://h:99999/app/k")).hasMessageContaining("expected: rtmp://");
    }
}
