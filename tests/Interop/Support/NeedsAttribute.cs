namespace QContinuum.Interop.Tests;

/// <summary>
/// A test that needs a client of others: skipped where it is not installed, but where <c>QCONTINUUM_REQUIRE_INTEROP</c> is 1 it runs all the same,
/// and fails with the same reason.
/// </summary>
internal sealed class NeedsAttribute : FactAttribute
{
    public const string Variable = "QCONTINUUM_REQUIRE_INTEROP";

    /// <summary>Makes a test.</summary>
    /// <param name="client">The name of a property of <see cref="Interop.Tests.Client"/>.</param>
    public NeedsAttribute(string client) => Skip = Reason(Client.Named(client).Missing, Environment.GetEnvironmentVariable(Variable));

    /// <summary>Why a test is skipped; null where it runs.</summary>
    public static string? Reason(string? missing, string? required) => required == "1" ? null : missing;
}
