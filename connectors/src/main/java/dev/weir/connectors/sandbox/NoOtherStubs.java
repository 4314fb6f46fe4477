package dev.weir.connectors.sandbox;

import com.github.tomakehurst.wiremock.standalone.MappingsSource;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.stubbing.StubMappings;
import java.util.List;

/** Which stubs are there beside those of the platforms? None: WireMock would read whatever lies in a folder called mappings. */
final class NoOtherStubs implements MappingsSource {
    @Override
    public void loadMappingsInto(StubMappings stubs) {}

    @Override
    public void save(List<StubMapping> stubs) {}

    @Override
    public void save(StubMapping stub) {}

    @Override
    @SuppressWarnings("removal") // still abstract
    public void remove(StubMapping stub) {}

    @Override
    public void removeAll() {}
}
