package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.ConsumerSpec;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;

/** What one session needs: where to, from what, how patiently, and whom to tell. */
record PushJob(TargetSpec spec, TargetPolicy policy, PacketFanout fanout, Health health, StopSignal stop) {

    /** A queue of the target's own that begins with the last key frame. */
    Subscription subscribe() {
        Subscription queue =
                fanout.subscribe(new ConsumerSpec(spec.id(), policy.queueMillis(), policy.queueBytes()), true);
        health.begin(queue);
        return queue;
    }
}
