namespace QContinuum.Interop.Tests;

public sealed class A_client_that_is_not_installed_is_a_reason
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "1", null)]
    [InlineData("dig is not installed", null, "dig is not installed")]
    [InlineData("dig is not installed", "0", "dig is not installed")]
    [InlineData("dig is not installed", "1", null)]
    public void To_skip_its_test_unless_it_is_required(string? missing, string? required, string? reason)
        => Assert.Equal(reason, NeedsAttribute.Reason(missing, required));
}
