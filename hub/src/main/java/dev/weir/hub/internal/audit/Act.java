package dev.weir.hub.internal.audit;

/** What can people do that others want to know of later? One word for each. */
public enum Act {
    /** A version of a route was written; {@code route_version} has its text and difference. */
    ROUTE_PROPOSED,
    /** A second person agreed to it. */
    ROUTE_APPROVED,
    /** It was put in force. */
    ROUTE_APPLIED,
    /** The version before was put in force again. */
    ROUTE_ROLLED_BACK,
    /** A brand's own map or table came in force; {@code mapping_override} has its text. */
    MAPPING_CHANGED,
    /** The default came in force again. */
    MAPPING_RESTORED,
    /** A shop was connected. */
    CONNECTION_CREATED,
    /** Its name or settings were changed, or an old secret ended. */
    CONNECTION_CHANGED,
    /** It was disconnected. */
    CONNECTION_REMOVED,
    /** One delivery was handled again. */
    WEBHOOK_REPLAYED,
    /** An edited copy of one delivery was handled in its place. */
    WEBHOOK_REPAIRED,
    /** Many deliveries were to be handled again. */
    WEBHOOKS_REPLAYED,
    /** That was stopped before its end. */
    WEBHOOKS_STOPPED,
    /** A comparison was asked to heal above the limits. */
    DRIFT_FORCED,
    /** Our number was written over what a shop shows. */
    DRIFT_HEALED,
    /** What a heal wrote was taken back. */
    DRIFT_UNDONE,
    /** A system of the brand's own is told of events. */
    ENDPOINT_CREATED,
    /** Its name, address or events were changed, or its secret renewed. */
    ENDPOINT_CHANGED,
    /** It was switched on or off. */
    ENDPOINT_SWITCHED,
    /** It is told no more. */
    ENDPOINT_REMOVED,
    /** It was told once more of what has been. */
    ENDPOINT_REPLAYED
}
