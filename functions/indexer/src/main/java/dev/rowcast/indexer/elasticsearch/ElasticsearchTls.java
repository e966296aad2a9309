package dev.rowcast.indexer.elasticsearch;

import io.quarkus.elasticsearch.restclient.lowlevel.ElasticsearchClientConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpHost;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.nio.conn.SchemeIOSessionStrategy;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.apache.http.nio.reactor.IOSession;
import org.elasticsearch.client.RestClientBuilder.HttpClientConfigCallback;

/// Applies the TLS settings `quarkus.tls.elasticsearch.*` to the client, such as the certificate authority
/// of a cluster. Each new connection reads its files again, so that a renewed authority needs no restart.
/// Without these settings the client trusts the certificates of the Java runtime.
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
        tls.get(NAME).map(Current::new).ifPresent(client::setSSLStrategy);
        return client;
    }

    /// Encrypts connections with the current contents of the configured files.
    private record Current(TlsConfiguration configured) implements SchemeIOSessionStrategy {

        @Override
        public boolean isLayeringRequired() {
            return true;
        }

        @Override
        public IOSession upgrade(HttpHost host, IOSession session) throws IOException {
            // False if a file is missing or cannot be read. The last readable certificates are used then.
            configured.reload();
            return new SSLIOSessionStrategy(context()).upgrade(host, session);
        }

        private SSLContext context() throws IOException {
            try {
                return configured.createSSLContext();
            } catch (Exception e) {
                throw new IOException("quarkus.tls." + NAME + " cannot be used: " + e.getMessage(), e);
            }
        }
    }
}
