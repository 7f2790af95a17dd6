using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using QContinuum.Analyzers.Tests.Testing;
using QContinuum.Generator.Model;

namespace QContinuum.Analyzers.Tests.Documentation;

/// <summary>A rule is not there before its descriptor, its analyzer, its page, its row in the tables and its tests are.</summary>
public class RuleBookTests
{
    public static TheoryData<string> Rules => [.. RuleBook.Rules.Keys];

    public static TheoryData<string> Fixers => [.. RuleBook.Fixers.Select(static fixer => fixer.GetType().Name)];

    [Fact]
    public void Every_id_that_a_model_builder_reports_has_a_descriptor_of_its_name()
        => Assert.All(
            typeof(RuleIds).GetFields(BindingFlags.Public | BindingFlags.Static),
            static id => Assert.Equal(id.GetRawConstantValue(), RuleBook.Rules.GetValueOrDefault(id.Name)?.Id));

    [Fact]
    public void One_id_is_one_rule()
        => Assert.Equal(RuleBook.Rules.Count, RuleBook.Rules.Values.Select(static rule => rule.Id).Distinct().Count());

    [Fact]
    public void Every_rule_is_supported_by_an_analyzer_and_every_supported_rule_is_in_the_book()
        => Assert.Equal(
            RuleBook.Rules.Values.Select(static rule => rule.Id).Order(),
            RuleBook.Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Select(static rule => rule.Id).Distinct().Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_message_names_symbols_in_quotes_and_says_what_to_do(string name)
    {
        string message = RuleBook.Rules[name].MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Matches("'\\{\\d\\}'", message);
        Assert.Contains(';', message);
        Assert.False(message.EndsWith('.'), message);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_tests(string name) => AssertHasTests($"{name}Tests");

    [Theory]
    [MemberData(nameof(Fixers))]
    public void A_fixer_has_tests(string name) => AssertHasTests($"{name}Tests");

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_is_tracked_for_release(string name)
    {
        DiagnosticDescriptor rule = RuleBook.Rules[name];
        string releases = RuleBook.Read("AnalyzerReleases.Shipped.md") + RuleBook.Read("AnalyzerReleases.Unshipped.md");
        Assert.Single(Regex.Matches(releases, $@"^{rule.Id} \| {rule.Category} \| {rule.DefaultSeverity} \| {name}$", RegexOptions.Multiline));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_a_page_that_its_help_link_leads_to(string name)
    {
        DiagnosticDescriptor rule = RuleBook.Rules[name];
        string page = RuleBook.Read($"{rule.Id}.md");
        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Equal(["Cause", "Why", "Example", "When to suppress"], Regex.Matches(page, "^## (.+)$", RegexOptions.Multiline).Select(static match => match.Groups[1].Value));
        Assert.EndsWith($"/docs/rules/{rule.Id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_lists_every_rule_with_its_severity_and_whether_it_has_a_fix()
    {
        HashSet<string> fixable = [.. RuleBook.Fixers.SelectMany(static fixer => fixer.FixableDiagnosticIds)];
        Assert.Equal(
            RuleBook.Rules.Values.OrderBy(static rule => rule.Id, StringComparer.Ordinal).Select(rule
                => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} | {(fixable.Contains(rule.Id) ? "yes" : "")} |"),
            Rows("| [QCT"));
    }

    [Fact]
    public void The_index_lists_every_suppression()
        => Assert.Equal(
            RuleBook.Suppressions.OrderBy(static suppression => suppression.Id, StringComparer.Ordinal).Select(static suppression
                => $"| {suppression.Id} | {suppression.SuppressedDiagnosticId} | {suppression.Justification} |"),
            Rows("| QCTS"));

    private static IEnumerable<string> Rows(string start)
        => RuleBook.Read("README.md").Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal));

    private static void AssertHasTests(string name)
    {
        Type? tests = typeof(RuleBookTests).Assembly.GetTypes().SingleOrDefault(type => type.Name == name);
        Assert.True(tests is not null, $"{name} is missing");
        Assert.Contains(tests.GetMethods(), static method => method.IsDefined(typeof(FactAttribute), inherit: true));
    }
}
