package dev.rowcast.testkit.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rowcast.testkit.process.StationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A certificate authority for TLS between local servers, created with the JDK's `keytool`.
///
/// @param store the file with all keys
/// @param password of the file, generated
public record CertificateAuthority(Path store, String password) {

    private static final String SELF = "authority";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    /// Creates an authority.
    ///
    /// @param folder for its keys
    /// @param name its common name
    /// @throws StationFailure when keytool refuses
    public static CertificateAuthority make(Path folder, String name) {
        CertificateAuthority authority = new CertificateAuthority(
                folder.resolve(name + ".p12"), UUID.randomUUID().toString());
        authority.keytool(SELF, name, List.of("-ext", "bc:critical=ca:true", "-ext", "ku:critical=keyCertSign"));
        return authority;
    }

    /// Creates a credential and signs it.
    ///
    /// @param name its common name
    /// @param hosts its alternative names, such as `ip:127.0.0.1` and `dns:localhost`
    public Credential issue(String name, String... hosts) {
        List<String> arguments = new ArrayList<>(List.of("-signer", SELF));
        if (hosts.length > 0) {
            arguments.addAll(List.of("-ext", "san=" + String.join(",", hosts)));
        }
        keytool(name, name, arguments);
        try {
            KeyStore keys = open();
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : keys.getCertificateChain(name)) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            byte[] key = keys.getKey(name, password.toCharArray()).getEncoded();
            return new Credential(chain.toString(), pem("PRIVATE KEY", key));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// {@return its own certificate, PEM}
    public String certificate() {
        try {
            return pem("CERTIFICATE", open().getCertificate(SELF).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// {@return the TLS settings of a Kafka client or broker that trusts this authority; others can be added}
    ///
    /// @param own what it proves to be
    public Map<String, String> kafkaSettings(Credential own) {
        return new HashMap<>(Map.of(
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", certificate(),
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", own.certificate(),
                "ssl.keystore.key", own.key()));
    }

    private KeyStore open() throws GeneralSecurityException {
        try (InputStream file = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, password.toCharArray());
            return keys;
        } catch (IOException unreadable) {
            throw new StationFailure("The keys in " + store + " cannot be read: " + unreadable, unreadable);
        }
    }

    private void keytool(String alias, String name, List<String> more) {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(program, "-genkeypair"));
        command.addAll(List.of(
                "-alias", alias,
                "-dname", "CN=" + name,
                "-keyalg", "EC",
                "-groupname", "secp256r1",
                "-validity", "30",
                "-storetype", "PKCS12",
                "-keystore", store.toString(),
                "-storepass:env", "STORE_PASSWORD"));
        command.addAll(more);
        ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
        keytool.environment().put("STORE_PASSWORD", password);
        try {
            Process process = keytool.start();
            String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new StationFailure("keytool cannot create a key for " + name + ": " + output);
            }
        } catch (IOException failure) {
            throw new StationFailure("keytool cannot be run: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StationFailure("Interrupted while keytool runs", interrupted);
        }
    }

    private static String pem(String type, byte[] encoded) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(encoded) + "\n-----END " + type + "-----\n";
    }
}
