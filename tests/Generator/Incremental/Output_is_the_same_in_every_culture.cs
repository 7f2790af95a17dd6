using System.Globalization;
using QContinuum.Generator.Tests.Support;

namespace QContinuum.Generator.Tests.Incremental;

public sealed class Output_is_the_same_in_every_culture
{
    [Fact]
    public void A_minus_sign_is_one()
    {
        const string Source = """
            [QContinuum.Message(-7)] public partial record struct Move(int X);
            [QContinuum.Processor((QContinuum.Threading)(-3))] public partial class Lobby { [QContinuum.Handles] void On(QContinuum.Peer peer, Move move) { } }
            """;
        CultureInfo before = CultureInfo.CurrentCulture;
        string[] here = Texts(Source);
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "minus ";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(here, Texts(Source));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.All(here, static text => Assert.Contains("-7", text, StringComparison.Ordinal));
        Assert.All(here, static text => Assert.DoesNotContain('\r', text));
    }

    private static string[] Texts(string source)
    {
        Generated generated = UserProject.Generate(source).Clean();
        return [.. generated.HintNames.Select(name => generated[name])];
    }
}
