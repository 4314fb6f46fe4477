package dev.weir.simulcast.internal.live;

import dev.weir.simulcast.MediaAnchor;

/** What happens to the publishers of one live. */
public interface EpochEvents {

    /** The first frame of an epoch is about to be published. Called under the lock: returns at once, asks nothing. */
    void began(int epoch, long startMillis);

    /** The epoch's last frame was published and all subscriptions are closed. Called under the lock, as above. */
    void ended(String reason);

    /** A place on the picture and its moment. Called under the lock, as above. */
    void anchored(MediaAnchor anchor);

    /** A host is here. */
    void hostCame();

    /** The host is gone. */
    void hostLeft(String reason);

    /** The host is gone, as it said itself. */
    void hostStopped(String reason);

    /** As {@link #ended}, for those who take their time. */
    void tellEnded(String reason);
}
