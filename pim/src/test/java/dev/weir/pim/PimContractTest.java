package dev.weir.pim;

import dev.weir.connectors.ChannelContract;

/** Does a brand's own product system keep what every channel promises? */
class PimContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "pim";
    }
}
