using QContinuum.Analyzers.Tests.Testing;

namespace QContinuum.Analyzers.Tests.Documentation;

/// <summary>Every declaration that the guides show compiles as it stands, and breaks no rule.</summary>
public class GuideTests
{
    public static TheoryData<string, int> Blocks
    {
        get
        {
            var blocks = new TheoryData<string, int>();
            foreach (string page in (string[])["headers.md", "messages.md", "servers.md"])
            {
                for (int number = 0; number < Examples.Of(RuleBook.Read(page)).Length; number++)
                {
                    blocks.Add(page, number);
                }
            }

            return blocks;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task A_declaration_of_a_guide_compiles(string page, int number)
        => Assert.Empty(await Examples.DiagnoseAsync(Examples.Of(RuleBook.Read(page))[number]));
}
