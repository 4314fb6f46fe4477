package dev.weir.shopify;

import dev.weir.connectors.ChannelContract;

/** Does Shopify keep what every channel promises? */
class ShopifyContractTest extends ChannelContract {
    @Override
    protected String channel() {
        return "shopify";
    }
}
