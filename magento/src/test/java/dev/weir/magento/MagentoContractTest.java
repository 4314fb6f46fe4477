package dev.weir.magento;

import dev.weir.connectors.ChannelContract;

/** Does Magento keep what every channel promises? */
class MagentoContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "magento";
    }
}
