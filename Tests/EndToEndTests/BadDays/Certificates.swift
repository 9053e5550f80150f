import Foundation
import NIOSSL

/// Certificates made for these tests, as DER in base64.
enum Certificates {
    /// Of 127.0.0.1, signed by itself, good until 2126.
    static let selfSigned = """
        MIIBmzCCAUGgAwIBAgIUDgWqcLWzrCTwNpfmYhF39YZ6ieMwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2\
        MTEyMzA1NTkwMloYDzIxMjYxMDMwMDU1OTAyWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC\
        AAQwxuRHJgH+Ib/8wdRx9ydjYyKxrmJl0TexmBtUB4sugYKhkZoNbtG3TYIcIJbBAQXIhzmnSayPTWUsy7HKcWKio28wbTAdBgNV\
        HQ4EFgQUcXoCmlq66dX5aLmyzAUFfwpfjIkwHwYDVR0jBBgwFoAUcXoCmlq66dX5aLmyzAUFfwpfjIkwDwYDVR0TAQH/BAUwAwEB\
        /zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZIzj0EAwIDSAAwRQIgAWIAQe8U7M2G9l/IxsagCBppGj+seU9f5Q4/\
        B3+YM3gCIQDck4bWHHkyursTuyxRtC6aQ88QqnyM/0KsS+STzNG0Qw==
        """

    /// An authority that nobody trusts unless told to.
    static let authority = """
        MIIBlzCCAT2gAwIBAgIUaAwQhPRO6znDzse3fgloF3tCYT4wCgYIKoZIzj0EAwIwIDEeMBwGA1UEAwwVcmVsaW5rIHRlc3QgYXV0\
        aG9yaXR5MCAXDTI2MTEyMzA1NTcyMloYDzIxMjYxMDMwMDU1NzIyWjAgMR4wHAYDVQQDDBVyZWxpbmsgdGVzdCBhdXRob3JpdHkw\
        WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASWyFV7PNKqzZX+4IjMiUdL/hZYwuIX/2xSPPf0nNe4DoZH8pH0s7ZIougZ6s5TgFhJ\
        TmSmv08YAfB4HbyIWVEso1MwUTAdBgNVHQ4EFgQUlypvMqELFHTohh4n3+DpA3jnosEwHwYDVR0jBBgwFoAUlypvMqELFHTohh4n\
        3+DpA3jnosEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA4KOGLONDEZHgydC4SPD2dXj+oN9sc8OgqqfBY/cB\
        FFkCIGXTZF+uqldbQ9M6coiHsxEuz8YwGrkVWTxs6BxFbLX+
        """

    /// Of 127.0.0.1, signed by the authority, good until 2021.
    static let expired = """
        MIIBjTCCATKgAwIBAgIBATAKBggqhkjOPQQDAjAgMR4wHAYDVQQDDBVyZWxpbmsgdGVzdCBhdXRob3JpdHkwHhcNMjAwMTAxMDAw\
        MDAwWhcNMjEwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQwxuRHJgH+\
        Ib/8wdRx9ydjYyKxrmJl0TexmBtUB4sugYKhkZoNbtG3TYIcIJbBAQXIhzmnSayPTWUsy7HKcWKio2kwZzAaBgNVHREEEzARhwR/\
        AAABgglsb2NhbGhvc3QwCQYDVR0TBAIwADAdBgNVHQ4EFgQUcXoCmlq66dX5aLmyzAUFfwpfjIkwHwYDVR0jBBgwFoAUlypvMqEL\
        FHTohh4n3+DpA3jnosEwCgYIKoZIzj0EAwIDSQAwRgIhAIqaiQvG9t3PSLZyZlAb9YxVNcfgAqz4epaVQhH5X4tYAiEAgS6pUh1B\
        32tJ3qtS58wG1TiGxyrFpJzbb/pF62oBMF4=
        """

    /// The key of both servers; it opens nothing else.
    static let key = """
        MHcCAQEEIH4BNSyy116OCBob3I139Rr8ik7p5UVB7V1s+P4JA1UUoAoGCCqGSM49AwEHoUQDQgAEMMbkRyYB/iG//MHUcfcnY2Mi\
        sa5iZdE3sZgbVAeLLoGCoZGaDW7Rt02CHCCWwQEFyIc5p0msj01lLMuxynFiog==
        """

    /// A server's side of TLS with this certificate.
    static func server(_ certificate: String) throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: bytes(certificate), format: .der)
        let key = try NIOSSLPrivateKey(bytes: bytes(key), format: .der)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)],
                privateKey: .privateKey(key)
            )
        )
    }

    /// The certificate as a file for `--ca-file`.
    static func pem(_ certificate: String) -> String {
        "-----BEGIN CERTIFICATE-----\n\(certificate)\n-----END CERTIFICATE-----\n"
    }

    private static func bytes(_ text: String) -> [UInt8] {
        Data(base64Encoded: text).map { Array($0) } ?? []
    }
}
