package dev.rowcast.indexer.elasticsearch;

import io.quarkus.elasticsearch.restclient.lowlevel.ElasticsearchClientConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.Dependent;
import javax.net.ssl.SSLContext;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.elasticsearch.client.RestClientBuilder.HttpClientConfigCallback;

/// Applies the TLS settings `quarkus.tls.elasticsearch.*` to the client, such as the certificate authority
/// of a cluster. Without them the client trusts the certificates of the Java runtime.
@ElasticsearchClientConfig
@Dependent
class ElasticsearchTls implements HttpClientConfigCallback {

    private static final String NAME = "elasticsearch";

    private final TlsConfigurationRegistry tls;

    ElasticsearchTls(TlsConfigurationRegistry tls) {
        this.tls = tls;
    }

    @Override
    public HttpAsyncClientBuilder customizeHttpClient(HttpAsyncClientBuilder client) {
        tls.get(NAME).map(ElasticsearchTls::context).ifPresent(client::setSSLContext);
        return client;
    }

    private static SSLContext context(TlsConfiguration configured) {
        try {
            return configured.createSSLContext();
        } catch (Exception e) {
            throw new IllegalStateException("quarkus.tls." + NAME + " cannot be used: " + e.getMessage(), e);
        }
    }
}
