package dev.weir.bench.fire;

import java.io.IOException;
import java.util.Set;

/**
 * How often may a shop burn? Servers and hubs are started once, and each seed finds them empty; for one thread.
 */
public final class FireCampaign implements AutoCloseable {
    private final FireRig rig;
    private final FireSettings settings;
    private final boolean ledger;

    private FireCampaign(FireRig rig, FireSettings settings, boolean ledger) {
        this.rig = rig;
        this.settings = settings;
        this.ledger = ledger;
    }

    /** Weir's own reservation layer. */
    public static FireCampaign weir(FireSettings settings) throws IOException, InterruptedException {
        return new FireCampaign(FireRig.start(HubMain.class, settings), settings, true);
    }

    /** Lets hubs and buyers run themselves warm, in peace; what they say is not judged. */
    public void warmUp(int seconds) throws Exception {
        FireSettings brief = new FireSettings(
                seconds, settings.hubs(), settings.buyers(), settings.holdMillis(), settings.payingMillis(), Set.of());
        new FireRun(rig, brief, false, 0).run();
    }

    /** Another shop, whose hubs are processes of {@code hubMain}; it is judged by what buyers see alone. */
    static FireCampaign of(Class<?> hubMain, FireSettings settings) throws IOException, InterruptedException {
        return new FireCampaign(FireRig.start(hubMain, settings), settings, false);
    }

    /** Burns once. */
    public Verdict run(long seed) throws Exception {
        return new FireRun(rig, settings, ledger, seed).run();
    }

    /** Burns once, without a fault. */
    Verdict peace(long seed) throws Exception {
        return new FireRun(rig, settings.with(Set.of()), ledger, seed).run();
    }

    @Override
    public void close() throws IOException {
        rig.close();
    }
}
