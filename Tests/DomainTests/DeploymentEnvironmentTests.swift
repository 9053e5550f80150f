import Domain
import Testing

@Suite struct DeploymentEnvironmentTests {
    @Test(arguments: [
        (DeploymentEnvironment.production, "production", Duration.seconds(60)),
        (.sandbox, "sandbox", .seconds(10)),
        (.simulator, "sandbox", .seconds(1)),
    ])
    func hasItsTokensAndItsSettleTime(environment: DeploymentEnvironment, infix: String, settle: Duration) {
        #expect(environment.tokenInfix == infix)
        #expect(environment.defaultSettle == settle)
    }
}
